//! From keys to actions.

use eframe::egui::{Context, Event, Key, Modifiers, Popup};

use crate::state::{ACTIONS, Action, Command, State};
use crate::ui;

/// A key with what is held down beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Chord {
    modifiers: Modifiers,
    key: Key,
}

impl Chord {
    /// Reads `Ctrl+Shift+E`; `Ctrl` is the command key on a Mac.
    fn parse(words: &str) -> Option<Self> {
        let (mut modifiers, mut rest) = (Modifiers::NONE, words);
        loop {
            if let Some(after) = rest.strip_prefix("Ctrl+") {
                (modifiers, rest) = (modifiers | Modifiers::COMMAND, after);
            } else if let Some(after) = rest.strip_prefix("Shift+") {
                (modifiers, rest) = (modifiers | Modifiers::SHIFT, after);
            } else {
                return Key::from_name(rest).map(|key| Self { modifiers, key });
            }
        }
    }

    /// Whether a press is meant. A sign may need Shift on one keyboard and none on another.
    fn is(self, key: Key, held: Modifiers) -> bool {
        let sign = matches!(self.key, Key::Plus | Key::Minus | Key::Equals | Key::Questionmark | Key::Period);
        let matches = if sign { held.matches_logically(self.modifiers) } else { held.matches_exact(self.modifiers) };
        key == self.key && matches
    }

    /// Whether text fields have a use for it.
    fn writes(self) -> bool {
        self.modifiers == Modifiers::NONE
            || self.modifiers == Modifiers::SHIFT
            || matches!(self.key, Key::Backspace | Key::Enter | Key::Z)
    }

    /// Whether it is a letter, by itself or a capital; x stands for a product in a number.
    fn is_letter(self) -> bool {
        (Key::A..=Key::Z).contains(&self.key) && self.key != Key::X && !self.modifiers.command
    }

    /// Whether buttons, sliders and menus have a use for it.
    fn moves(self) -> bool {
        matches!(
            self.key,
            Key::Space | Key::Enter | Key::ArrowLeft | Key::ArrowRight | Key::ArrowUp | Key::ArrowDown | Key::Escape
        ) && !self.modifiers.command
    }
}

/// The field that has the keys.
#[derive(Clone, Copy)]
enum Field {
    None,
    Words,
    /// It has no use for letters.
    Number,
}

/// Who has the keys before us.
#[derive(Clone, Copy)]
struct Holder {
    field: Field,
    anything: bool,
    /// Something lies on top that Escape closes.
    on_top: bool,
}

impl Holder {
    fn leaves(self, chord: Chord) -> bool {
        if chord.key == Key::Escape {
            return self.on_top || !self.anything;
        }
        let writes = match self.field {
            Field::None => false,
            Field::Words => chord.writes(),
            Field::Number => chord.writes() && !chord.is_letter(),
        };
        !(writes || self.anything && chord.moves())
    }
}

/// Takes the presses that mean an action out of the input, and gives the commands.
pub(super) fn take_commands(context: &Context, state: &State) -> Vec<Command> {
    let holder = Holder {
        field: match context.text_edit_focused() {
            false => Field::None,
            true if context.memory(|memory| memory.has_focus(ui::number_field())) => Field::Number,
            true => Field::Words,
        },
        anything: context.memory(|memory| memory.focused().is_some()),
        on_top: state.view.something_on_top(),
    };
    let menu = Popup::is_any_open(context);
    let mut commands = Vec::new();
    context.input_mut(|input| {
        input.events.retain(|event| {
            if let (Event::Paste(text), Field::None) = (event, holder.field) {
                commands.push(Command::Paste(text.clone()));
                return false;
            }
            let Event::Key { key, pressed: true, repeat, modifiers, .. } = event else { return true };
            // An open menu closes first.
            if menu && *key == Key::Escape {
                return true;
            }
            let Some((action, chord)) = action_of(*key, *modifiers) else { return true };
            let of_stages = matches!(chord.key, Key::ArrowLeft | Key::ArrowRight | Key::PageUp | Key::PageDown)
                && chord.modifiers == Modifiers::NONE;
            if !holder.leaves(chord) || of_stages && state.motion().is_some() {
                return true;
            }
            if (action.enabled)(state) && (action.repeats || !repeat) {
                commands.push((action.command)(state));
            }
            false
        });
    });
    if menu && !commands.is_empty() {
        Popup::close_all(context); // what was opened is not in the way of what was asked for
    }
    commands
}

fn action_of(key: Key, held: Modifiers) -> Option<(&'static Action, Chord)> {
    ACTIONS.iter().find_map(|action| {
        let chords = action.key.into_iter().chain(action.other_key).filter_map(Chord::parse);
        chords.into_iter().find(|chord| chord.is(key, held)).map(|chord| (action, chord))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn action(key: Key, held: Modifiers) -> Option<&'static str> {
        action_of(key, held).map(|(action, _)| action.id)
    }

    #[test]
    fn every_key_of_an_action_can_be_read_and_means_that_action() {
        for of in ACTIONS {
            for words in of.key.into_iter().chain(of.other_key) {
                let chord = Chord::parse(words).unwrap_or_else(|| panic!("{words} of {} is no key", of.id));
                let mut held = chord.modifiers;
                held.ctrl = held.command; // as a keyboard other than a Mac's sends it
                assert_eq!(action(chord.key, held), Some(of.id), "{words}");
            }
        }
    }

    #[test]
    fn what_is_held_down_tells_actions_apart_but_not_for_signs() {
        let control = Modifiers { ctrl: true, command: true, ..Modifiers::NONE };
        assert_eq!(action(Key::ArrowRight, Modifiers::NONE), Some("one-step"));
        assert_eq!(action(Key::ArrowRight, Modifiers::SHIFT), Some("forward"));
        assert_eq!(action(Key::Num1, Modifiers::NONE), Some("figure-1"));
        assert_eq!(action(Key::Num1, control), Some("toggle-build"));
        assert_eq!(action(Key::E, control), Some("export"));
        assert_eq!(action(Key::E, control | Modifiers::SHIFT), Some("export-all"));
        assert_eq!(action(Key::Plus, control | Modifiers::SHIFT), Some("zoom-in"));
        assert_eq!(action(Key::Questionmark, Modifiers::SHIFT), Some("keys"));
        assert_eq!(action(Key::R, Modifiers::SHIFT), None);
        assert_eq!(action(Key::R, Modifiers::ALT), None);
    }

    #[test]
    fn a_text_field_keeps_what_one_writes_with_and_a_focused_control_what_moves_it() {
        let chord = |words| Chord::parse(words).unwrap();
        let text = Holder { field: Field::Words, anything: true, on_top: false };
        let slider = Holder { field: Field::None, anything: true, on_top: false };
        let nobody = Holder { field: Field::None, anything: false, on_top: false };
        for (words, with_text, with_slider) in [
            ("Space", false, false),
            ("R", false, true),
            ("1", false, true),
            ("Right", false, false),
            ("Shift+Left", false, false),
            ("?", false, true),
            ("Ctrl+K", true, true),
            ("Ctrl+Backspace", false, true),
            ("Escape", false, false),
        ] {
            assert_eq!(text.leaves(chord(words)), with_text, "{words} while one writes");
            assert_eq!(slider.leaves(chord(words)), with_slider, "{words} on a slider");
            assert!(nobody.leaves(chord(words)), "{words}");
        }
        let numbers = Holder { field: Field::Number, ..text };
        for (words, acts) in [("Q", true), ("A", true), ("Shift+I", true), ("X", false), ("1", false), ("Space", false)]
        {
            assert_eq!(numbers.leaves(chord(words)), acts, "{words}");
        }
        assert!(Holder { on_top: true, ..text }.leaves(chord("Escape")), "the palette's field does not keep it open");
    }
}
