//! Every command a person can give, however it is given.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

use super::focus::Focus;
use super::notice::NoticeKind;
use super::run::RunId;
use super::seats::{Room, Split};
use super::settings::{ThemeChoice, WindowPlace};
use super::within::Within;
use crate::arch::{How, Link, NetworkKind};
use crate::chart::{Along, Extent, GradientMeasure, ReuseScale, TimeAxis};
use crate::config::{Field, Value};
use crate::drawing::Wires;
use crate::exercise::Level;
use crate::text::Language;

/// What a person wants. Views return these; only [`State::apply`](super::State::apply) does them.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    // Building
    /// Gives a setting of the draft a value. One that cannot be stays visible with its problem.
    Set(&'static Field, Value),
    /// Adds a block like the last one.
    AddBlock,
    /// Removes a block, counted from 1.
    RemoveBlock(usize),
    /// Takes a preset's networks into the draft.
    Preset(&'static str),
    /// Makes the draft what is trained: new weights, step 0.
    Apply,
    /// Makes the draft what is training.
    Revert,
    /// Opens a configuration file.
    Open(PathBuf),
    /// Takes the settings of a line that was pasted.
    Paste(String),
    /// Copies the draft and how it is looked at as a line.
    CopyLine,
    /// Opens the folder of a run: looks at it, and follows it while another process writes it.
    OpenRun(PathBuf),
    /// Trains on from where a run has ended: to its last step, or beyond it.
    GoOn,
    /// Saves the draft as a configuration file; replaces what is there.
    Save(PathBuf),

    // Paths
    /// Asks for a path, in a dialog of the system or in the window.
    Ask(Ask),
    /// Asks for it in the window, with what stands in the field at first: the system has no dialog.
    AskHere(Ask, PathBuf),
    /// Changes what stands in the path field.
    TypePath(String),
    /// The path that was asked for.
    AnswerPath(Ask, PathBuf),
    /// No path is given.
    ClosePath,

    // Playback
    /// Runs what was paused, pauses what runs; applies the draft where there is no run, or one that has ended and a draft that differs.
    RunOrPause,
    /// Makes one step and pauses.
    OneStep,
    /// Makes one step whose connections are read, and plays it slowly in the drawing of the networks. A run that has ended plays the
    /// last such step that is looked at.
    PlayStep,
    /// Starts again with the same weights and batches.
    Restart,
    /// Starts again with another seed.
    NewSeed,
    /// Slow motion: waits so long between steps; nothing is full speed.
    SetPace(Option<Duration>),
    /// Pauses when that step was made.
    PauseAtStep(Option<usize>),
    /// Pauses when every network's validation accuracy reached that, 0 to 1.
    PauseAtAccuracy(Option<f64>),
    /// Looks at a step; nothing follows the latest.
    LookAt(Option<usize>),
    /// Looks so many kept steps further (back, if negative).
    LookAround(isize),

    // Runs that are kept
    /// Makes a run that is kept the one that is looked at; the other is kept in its place.
    BringBack(RunId),
    /// Takes the last removal of a run back, or else brings the run back that was put aside last.
    Undo,
    /// Gives a run of this sitting a name; without letters it has none.
    RenameRun(RunId, String),
    /// Lays a run's curves behind those of the run that is looked at, or no longer.
    PinRun(RunId, bool),
    /// Removes a run that is kept.
    RemoveRun(RunId),
    /// Trains with so many seeds, one after the other, and compares them.
    TrainSeeds(usize),

    // Looking
    /// Selects, or with nothing deselects.
    Select(Option<Focus>),
    /// Points at; sent each time it changes.
    Hover(Option<Focus>),
    /// Shows a figure.
    ShowFigure(&'static str),
    /// Gives a figure a place, from 0 at the left.
    Seat(usize, &'static str),
    /// One more figure side by side.
    AddSeat,
    /// One figure less, by its place.
    RemoveSeat(usize),
    /// Shares the room otherwise at a split.
    Share(Split, f32),
    /// What the window has room for changed.
    Fits(Room),
    /// Lets a figure fill the centre; nothing brings all back.
    Maximise(Option<&'static str>),
    /// Shows or hides a figure's table of values.
    ToggleTable(&'static str),
    /// Arranges everything as at the first start.
    ResetLayout,
    /// Closes what lies on top: the path field, the palette, a list, a figure that fills the centre, or else what is selected.
    Close,
    /// Shows or hides the build panel.
    ToggleBuild,
    /// Shows or hides the explain panel.
    ToggleExplain,
    /// Shows or hides the drawing of the networks.
    ToggleNetworks,
    /// Shows or hides the row of this sitting's runs.
    ToggleRuns,
    /// Shows or hides the figures.
    ToggleFigures,
    /// Fills the screen with one thing, in letters that follow its height, or no longer.
    TogglePresentation,
    /// Makes the screen dark while one speaks, or shows it again.
    ToggleBlank,
    /// A large pointer, or the usual one.
    TogglePointer,
    /// Goes on through questions or steps (back, if negative).
    GoThrough(isize),
    /// Shows the feature maps of an image in place of the drawing of the networks, or the drawing again.
    ToggleMaps,
    /// Shows the feature maps of that validation image, counted from 0.
    WatchImage(usize),
    /// Shows the feature maps of the validation image so many further (back, if negative), around its ends.
    NextImage(isize),
    /// Looks into a channel of a layer, or out again.
    LookInto(Option<Within>),
    /// Lets clicks in the drawing cut connections, or no longer.
    ToggleCutting,
    /// Cuts or restores connections.
    Cutting(Cut),
    /// Opens or closes the command palette.
    TogglePalette,
    /// Opens or closes the list of keys.
    ToggleKeys,
    /// Opens or closes what was found in the source of images.
    ToggleImages,
    /// A file or folder was dropped on the window: images, a picture, or a configuration.
    Drop(PathBuf),
    /// Opens or closes the sheet on which a picture is drawn.
    ToggleDrawing,
    /// Shows what the networks make of what was drawn: `[channel, height, width]`, in the size of the images.
    ShowDrawing(Vec<u8>),
    /// Opens or closes what this program is.
    ToggleAbout,
    /// Which gradient norm figures show.
    SetGradient(GradientMeasure),
    /// What the connections in the drawing of the networks show.
    SetWires(Wires),
    /// What runs along time axes.
    SetTime(TimeAxis),
    /// What loss and accuracy stand against: time, or with nothing the networks' parameters.
    SetAgainst(Option<TimeAxis>),
    /// What the cells of feature reuse say.
    SetReuse(ReuseScale),
    /// Over which setting costs are shown.
    SetAlong(Along),
    /// Of which block costs are shown, or of the network.
    SetExtent(Extent),
    /// The language of every word.
    SetLanguage(Language),
    /// Light, dark, or as the system has it.
    SetTheme(ThemeChoice),
    /// Larger text and controls.
    ZoomIn,
    /// Smaller text and controls.
    ZoomOut,
    /// As large as the system says.
    ZoomReset,

    // Predicting
    /// Asks for numbers before they are shown, or no longer.
    ToggleExercise,
    /// Answers the question with what was typed.
    AnswerExercise(String),
    /// Answers the question with the choice of that place, from 0.
    ChooseAnswer(usize),
    /// Asks all kinds of question of a level from now on, or none.
    AskLevel(Level, bool),
    /// Asks a kind of question from now on, or no longer, by its id.
    AskKind(&'static str, bool),
    /// Leaves the question for another.
    NextQuestion,
    /// Shows the answer; the question counts as not answered.
    RevealAnswer,
    /// Counts from nothing again.
    ResetScore,
    /// Two teams take turns, or one class answers; each keeps its score.
    ToggleTeams,

    // Out of the program
    /// Writes a figure, or everything, there; what is written follows from the ending of the name.
    Export(Option<&'static str>, PathBuf),
    /// Copies a figure as a picture.
    CopyPicture(&'static str),
    /// Copies a figure's values.
    CopyValues(&'static str),
    /// Copies the tables of the networks that are built: what every layer reads, makes, carries and costs.
    CopyTables(TableFormat),
    /// Copies words.
    CopyText(String),
    /// Gives up a job, by its number.
    CancelJob(u64),
    /// Asks where to save a picture of the window, exactly as seen.
    Screenshot,

    // The rest
    /// The window is there now, and so large.
    Placed(WindowPlace),
    /// Tells the person what came of something that only the window could do.
    Tell(NoticeKind, String),
    /// Takes a notice away, by its number.
    Dismiss(u64),
    /// Takes every notice away.
    DismissAll,
    /// Ends the program.
    Quit,
}

/// What a person wants of cut connections.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cut {
    /// Cuts these links of a network, or restores them if all are cut.
    Links(NetworkKind, Vec<Link>),
    /// What passes in place of what is cut.
    How(How),
    /// Takes the last change of what is cut back.
    Undo,
    /// Restores every connection.
    Restore,
}

/// What a path is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ask {
    /// A configuration file to open.
    OpenConfig,
    /// The folder of a run to open.
    OpenRun,
    /// Where to save the draft as a configuration file.
    SaveConfig,
    /// A folder of images.
    Images,
    /// Where to save a figure, or with nothing every figure and the report.
    SaveFigure(Option<&'static str>),
    /// Where to save the picture of the window that was taken.
    SaveScreenshot,
}

/// What only the window can do.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Opens a dialog of the system for a path; its answer, or that there is none, comes back as a command.
    Ask(Ask),
    /// Puts a picture on the clipboard.
    CopyPicture(Picture),
    /// Puts words on the clipboard.
    CopyText(String),
    /// Takes a picture of the window, and then asks where to save it.
    Screenshot,
    /// Writes the picture of the window that was taken.
    WriteScreenshot(PathBuf),
    /// Fills the screen with the window, or no longer.
    FullScreen(bool),
    /// Closes the window.
    Quit,
}

/// A picture for the clipboard.
#[derive(Clone, PartialEq, Eq)]
pub struct Picture {
    /// Pixels in a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// Red, green, blue and alpha of each pixel, row by row.
    pub rgba: Vec<u8>,
}

impl fmt::Debug for Picture {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Picture({}x{})", self.width, self.height)
    }
}

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableFormat {
    /// For spreadsheets.
    Csv,
    /// For documents.
    Markdown,
    /// For papers, with booktabs.
    Latex,
}
