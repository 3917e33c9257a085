//! The window: the toolkit's loop around [`State`](crate::state::State) and the views.
//!
//! Views give commands, keys give commands, dialogs give commands; the state does them and says what only the window can do. Nothing is decided
//! here. A frame is drawn when something was done or reported, and never otherwise.

mod keys;
mod pulse;
mod clipboard;
mod dialogs;
mod screenshot;
mod system_theme;
mod opening;
mod window;
mod trouble;
mod open;

pub use open::open;
pub use opening::Opening;
pub use trouble::WindowError;
pub use window::{Kept, Window};
