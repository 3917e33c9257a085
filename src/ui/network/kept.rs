//! A mesh that is kept until it would look different, and where it was shown last.

use std::sync::Arc;

use eframe::egui::{Mesh, Vec2};

/// A mesh with what it was made for.
pub(super) struct Kept<K> {
    key: K,
    mesh: Mesh,
    /// The same, moved by that.
    shown: Option<(Vec2, Arc<Mesh>)>,
}

impl<K: PartialEq> Kept<K> {
    /// What was made for that key, or else is made now, moved by `by`. The same place costs nothing.
    pub(super) fn at(kept: &mut Option<Self>, key: K, by: Vec2, make: impl FnOnce() -> Mesh) -> Arc<Mesh> {
        let kept = match kept.take().filter(|kept| kept.key == key) {
            Some(same) => kept.insert(same),
            None => kept.insert(Self { key, mesh: make(), shown: None }),
        };
        match &kept.shown {
            Some((place, mesh)) if *place == by => Arc::clone(mesh),
            Some(_) | None => {
                let mut moved = kept.mesh.clone();
                moved.translate(by);
                let moved = Arc::new(moved);
                kept.shown = Some((by, Arc::clone(&moved)));
                moved
            }
        }
    }
}
