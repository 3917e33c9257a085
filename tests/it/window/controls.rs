//! Every control by its name.

use densescope::config::Value;
use densescope::state::Command;
use egui_kittest::kittest::Queryable;

use super::stage::english;

#[test]
fn pressing_more_makes_the_growth_rate_larger() {
    let mut window = english();
    window.get_by_label("Growth rate: more").click();
    window.run();
    assert_eq!(window.state().given, [Command::Set("network.growth", Value::Integer(9))]);
}
