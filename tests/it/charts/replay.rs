//! A figure over a run.

use std::ops::ControlFlow;
use std::time::Duration;

use densescope::arch::NetworkKind;
use densescope::chart::{Chart, Marks, Meaning, Point, Scale, Weight};
use densescope::export::picture::{Look, ReplayError, Size, fix_ranges, replay, replay_frames};
use densescope::text::Language;
use densescope::theme::ThemeKind;

use super::samples::{axis, chart, panel, series};

/// A line that grows to the right and upwards.
fn frames(count: usize) -> Vec<Chart> {
    let frame = |frame: usize| {
        let points = (0..=frame).map(|x| Point { x: x as f64, y: (x as f64).powf(1.5) + 1.0 }).collect();
        let line = series("line", "line", Meaning::Network(NetworkKind::Dense), Weight::Main, Marks::Line(points));
        let numbers = || densescope::chart::Ticks::Numbers(densescope::chart::Format::Significant);
        let panel = panel(axis("x", Scale::Linear, numbers()), axis("y", Scale::Linear, numbers()), vec![line]);
        chart("growing", "A line that grows", vec![panel])
    };
    (1..=count).map(frame).collect()
}

fn look(theme: ThemeKind) -> Look {
    Look { theme, size: Size::Pixels { width: 320, height: 180 }, ..Look::new(Language::English) }
}

/// Every frame as it is seen, in RGB, with its delay in hundredths of a second.
fn seen(file: &[u8]) -> Vec<(Vec<u8>, u16)> {
    let mut options = gif::DecodeOptions::new();
    options.set_color_output(gif::ColorOutput::RGBA);
    let mut decoder = options.read_info(file).unwrap();
    let width = usize::from(decoder.width());
    let mut canvas = vec![0_u8; width * usize::from(decoder.height()) * 3];
    let mut frames = Vec::new();
    while let Some(frame) = decoder.read_next_frame().unwrap() {
        for (row, pixels) in frame.buffer.chunks_exact(usize::from(frame.width) * 4).enumerate() {
            let start = ((usize::from(frame.top) + row) * width + usize::from(frame.left)) * 3;
            for (pixel, place) in pixels.chunks_exact(4).zip(canvas[start..].chunks_exact_mut(3)) {
                if pixel[3] > 0 {
                    place.copy_from_slice(&pixel[..3]);
                }
            }
        }
        frames.push((canvas.clone(), frame.delay));
    }
    frames
}

#[test]
fn all_frames_are_there_in_time_and_look_like_the_pictures() {
    for theme in ThemeKind::ALL {
        let mut steps = Vec::new();
        let file = replay(frames(12), &look(theme), Duration::from_secs(3), &mut |done, total| {
            steps.push((done, total));
            ControlFlow::Continue(())
        });
        let frames_seen = seen(&file.unwrap());
        assert_eq!(steps.last(), Some(&(12, 12)));
        assert_eq!(frames_seen.len(), 12);
        let delays: Vec<u16> = frames_seen.iter().map(|(_, delay)| *delay).collect();
        assert_eq!(&delays[..11], [25; 11]);
        assert_eq!(delays[11], 225);
        let mut pictures = Vec::new();
        replay_frames(
            frames(12),
            &look(theme),
            1.0,
            |_, png| pictures.push(png),
            &mut |_, _| ControlFlow::Continue(()),
        )
        .unwrap();
        for ((pixels, _), png) in frames_seen.iter().zip(&pictures) {
            let picture = resvg::tiny_skia::Pixmap::decode_png(png).unwrap();
            let far = picture
                .pixels()
                .iter()
                .zip(pixels.chunks_exact(3))
                .filter(|(a, b)| [a.red(), a.green(), a.blue()].iter().zip(*b).any(|(a, b)| a.abs_diff(*b) > 24))
                .count();
            assert_eq!(far, 0, "{}: colours that are not those of the picture", theme.name());
        }
    }
}

#[test]
fn a_replay_stops_when_it_is_told_to() {
    let stopped =
        replay(frames(30), &look(ThemeKind::Light), Duration::from_secs(3), &mut |_, _| ControlFlow::Break(()));
    assert_eq!(stopped, Err(ReplayError::Stopped));
    let nothing =
        replay(Vec::new(), &look(ThemeKind::Light), Duration::from_secs(3), &mut |_, _| ControlFlow::Continue(()));
    assert_eq!(nothing, Err(ReplayError::Empty));
}

#[test]
fn axes_keep_their_ends_over_all_frames() {
    let mut frames = frames(20);
    fix_ranges(&mut frames);
    let ends: Vec<_> = frames.iter().map(|frame| (frame.panels[0].x.range, frame.panels[0].y.range)).collect();
    assert!(ends.iter().all(|range| range == &ends[0]), "{ends:?}");
    let [low, high] = ends[0].1.unwrap();
    assert!(low <= 1.0 && high >= 20_f64.powf(1.5) + 1.0, "{low} {high}");
}

#[test]
fn a_value_that_does_not_change_changes_no_pixel() {
    let still = vec![frames(3).remove(2); 3];
    let file =
        replay(still, &look(ThemeKind::Dark), Duration::from_secs(1), &mut |_, _| ControlFlow::Continue(())).unwrap();
    let frames = seen(&file);
    assert_eq!(frames.len(), 3);
    assert!(frames.iter().all(|(pixels, _)| pixels == &frames[0].0));
}
