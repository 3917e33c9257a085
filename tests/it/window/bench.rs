//! A state with a run, and a harness around one view of it.

use std::sync::Arc;

use densescope::arch::NetworkKind;
use densescope::config::{LoadedConfig, Plan};
use densescope::state::{Command, Phase, Run, Settings, State};
use densescope::text::Language;
use densescope::training::{Threads, run};
