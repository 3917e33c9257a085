//! Charts made by hand: every mark, every kind of axis, one panel to six.

use densescope::arch::{NetworkKind, Part};
use densescope::chart::{
    Axis, Bar, Cells, Chart, ColorScale, Format, Marks, Meaning, Panel, Point, Scale, Series, Span, Ticks, Weight,
};
use densescope::text::Language;
use densescope::theme::Dash;

/// Numbers that look measured, and are the same every time.
fn noise(index: usize, salt: usize) -> f64 {
    let mixed = (index.wrapping_mul(0x9E37_79B9) ^ salt.wrapping_mul(0x85EB_CA6B)).wrapping_mul(0xC2B2_AE35) >> 7;
    (mixed % 2003) as f64 / 1001.0 - 1.0
}

pub(super) fn axis(label: &str, scale: Scale, ticks: Ticks) -> Axis {
    Axis { label: label.to_owned(), scale, ticks, range: None, from_zero: false }
}

pub(super) fn series(key: &str, name: &str, meaning: Meaning, weight: Weight, marks: Marks) -> Series {
    Series::new(key, name, meaning, weight, marks)
}

pub(super) fn chart(id: &'static str, title: &str, panels: Vec<Panel>) -> Chart {
    Chart {
        id,
        title: title.to_owned(),
        subtitle: None,
        about: format!("{title}: how to read it"),
        panels,
        color_scale: None,
        notes: Vec::new(),
        chooses: None,
    }
}

pub(super) fn panel(x: Axis, y: Axis, series: Vec<Series>) -> Panel {
    Panel { title: None, x, y, series }
}

/// The rows of a network with those blocks.
pub(super) fn parts(blocks: &[usize], language: Language) -> Vec<(Part, String)> {
    let chinese = language == Language::Chinese;
    let mut parts = vec![(Part::Stem, if chinese { "主干" } else { "stem" }.to_owned())];
    for (index, &layers) in blocks.iter().enumerate() {
        let block = index + 1;
        parts.extend((1..=layers).map(|layer| (Part::Layer { block, layer }, format!("{block}.{layer}"))));
        if block < blocks.len() {
            parts.push((Part::Transition { block }, format!("T{block}")));
        }
    }
    parts.push((Part::Classifier, if chinese { "分类" } else { "head" }.to_owned()));
    parts
}

const KINDS: [(NetworkKind, &str); 3] =
    [(NetworkKind::Dense, "DenseNet"), (NetworkKind::Residual, "ResNet"), (NetworkKind::Plain, "Plain network")];

fn say<'a>(language: Language, english: &'a str, chinese: &'a str) -> &'a str {
    if language == Language::Chinese { chinese } else { english }
}

/// Loss over steps: faint single values, a main line, rules.
pub(super) fn loss(language: Language) -> Chart {
    let x = axis(say(language, "Step", "步"), Scale::Linear, Ticks::Numbers(Format::Integer));
    let y = axis(
        say(language, "Loss (mean cross-entropy)", "损失（每批平均）"),
        Scale::Log,
        Ticks::Numbers(Format::Significant),
    );
    let mut lines = Vec::new();
    for (salt, (kind, name)) in KINDS.into_iter().enumerate().take(2) {
        let at = |step: usize| 2.3 * (-(step as f64) / (500.0 + 200.0 * salt as f64)).exp() + 0.28 + 0.05 * salt as f64;
        let training =
            (0..2000).map(|step| Point { x: step as f64, y: at(step) * (1.0 + 0.3 * noise(step, salt)) }).collect();
        let validation =
            (0..=20).map(|index| index * 100).map(|step| Point { x: step as f64, y: at(step) + 0.07 }).collect();
        let key = kind.name();
        let training_name = format!("{name}{}", say(language, ", each batch", "，每批"));
        let validation_name = format!("{name}{}", say(language, ", validation", "，验证"));
        lines.push(series(
            &format!("{key}.train_loss"),
            &training_name,
            Meaning::Network(kind),
            Weight::Faint,
            Marks::Line(training),
        ));
        lines.push(series(
            &format!("{key}.validation_loss"),
            &validation_name,
            Meaning::Network(kind),
            Weight::Main,
            Marks::Line(validation),
        ));
    }
    let rule = Marks::Rule { upright: true, at: 1000.0 };
    lines.push(series(
        "rate",
        say(language, "learning rate ÷ 10", "学习率 ÷ 10"),
        Meaning::Guide,
        Weight::Second,
        rule,
    ));
    Chart {
        subtitle: Some(
            say(
                language,
                "Step 2,000 of 2,000: DenseNet 0.34, ResNet 0.40",
                "第 2,000 步（共 2,000 步）：DenseNet 0.34，ResNet 0.40",
            )
            .to_owned(),
        ),
        ..chart("loss", say(language, "How fast each network learns", "各网络学得多快"), vec![panel(x, y, lines)])
    }
}

/// Gradient norms over the layers, on powers of ten, with ranges behind.
pub(super) fn gradients(language: Language, blocks: &[usize]) -> Chart {
    let rows = parts(blocks, language);
    let count = rows.len();
    let x = axis(say(language, "Layer", "层"), Scale::Linear, Ticks::Parts(rows));
    let y = axis(
        say(language, "Gradient norm ‖∂L/∂W‖", "梯度范数 ‖∂L/∂W‖"),
        Scale::Log,
        Ticks::Numbers(Format::Significant),
    );
    let mut lines = Vec::new();
    for (salt, (kind, name)) in KINDS.into_iter().enumerate() {
        let at = |index: usize| {
            10_f64
                .powf(-1.0 - (count - index) as f64 / count as f64 * [0.5, 1.2, 5.0][salt] + 0.15 * noise(index, salt))
        };
        let spans =
            (0..count).map(|index| Span { x: index as f64, low: at(index) / 2.0, high: at(index) * 2.0 }).collect();
        let points = (0..count).map(|index| Point { x: index as f64, y: at(index) }).collect();
        let key = kind.name();
        lines.push(series(&format!("{key}.range"), name, Meaning::Network(kind), Weight::Faint, Marks::Band(spans)));
        lines.push(series(&format!("{key}.norm"), name, Meaning::Network(kind), Weight::Main, Marks::Line(points)));
    }
    let title = say(language, "How much gradient reaches each layer", "每一层得到多少梯度");
    Chart {
        subtitle: Some(
            say(
                language,
                "Step 600; bands show the lowest and highest of the last 100 steps",
                "第 600 步；带状区域为最近 100 步的最小值与最大值",
            )
            .to_owned(),
        ),
        notes: vec![
            say(
                language,
                "Batch norm of the plain network hides vanishing gradients: see the figure without it",
                "普通网络的批归一化掩盖了梯度消失：请看没有批归一化的图",
            )
            .to_owned(),
        ],
        ..chart("gradients", title, vec![panel(x, y, lines)])
    }
}

/// Channels by layer, stacked by what made them.
pub(super) fn growth(language: Language, layers: usize) -> Chart {
    let rows = parts(&[layers], language);
    let x = axis(say(language, "Layer", "层"), Scale::Linear, Ticks::Parts(rows));
    let y = Axis {
        from_zero: true,
        ..axis(say(language, "Channels", "通道数"), Scale::Linear, Ticks::Numbers(Format::Integer))
    };
    let mut bars = Vec::new();
    for source in 0..layers.min(7) {
        let (low, high) =
            if source == 0 { (0.0, 16.0) } else { (8.0 + 8.0 * source as f64, 16.0 + 8.0 * source as f64) };
        let stack =
            (source + 1..=layers).map(|layer| Bar { x: layer as f64, width: 0.8, from: low, to: high }).collect();
        let name = if source == 0 { "x₀".to_owned() } else { format!("{} {source}", say(language, "layer", "层")) };
        bars.push(series(&format!("source{source}"), &name, Meaning::Source(source), Weight::Main, Marks::Bars(stack)));
    }
    let steps = (0..layers).map(|layer| Point { x: layer as f64 + 0.5, y: 16.0 + 8.0 * layer as f64 }).collect();
    bars.push(series(
        "carries",
        say(language, "carried onward", "向后传递"),
        Meaning::Network(NetworkKind::Dense),
        Weight::Main,
        Marks::Steps(steps),
    ));
    Chart {
        subtitle: Some("k₀ + k·l = 16 + 8·4 = 48".to_owned()),
        ..chart(
            "growth",
            say(language, "Every layer reads all that came before", "每一层读取之前的全部输出"),
            vec![panel(x, y, bars)],
        )
    }
}

/// One grid for each block, coloured on a shared scale.
pub(super) fn reuse(language: Language, blocks: &[usize]) -> Chart {
    let panels = blocks.iter().enumerate().map(|(block, &layers)| {
        let names = |offset: usize| Ticks::Names((offset..offset + layers).map(|index| index.to_string()).collect());
        let edges: Vec<f64> = (0..=layers).map(|edge| edge as f64 - 0.5).collect();
        let values = (0..layers * layers)
            .map(|index| (index % layers, index / layers))
            .map(|(reader, source)| {
                (source <= reader)
                    .then(|| 0.05 * (1.6 + noise(source * layers + reader, block)) / (1.0 + (reader - source) as f64))
            })
            .collect();
        let cells = Cells { columns: edges.clone(), rows: edges, values };
        Panel {
            title: Some(format!("{} {}", say(language, "Block", "稠密块"), block + 1)),
            ..panel(
                axis(say(language, "Reader l", "读取层 l"), Scale::Linear, names(1)),
                axis(say(language, "Source s", "来源层 s"), Scale::Linear, names(0)),
                vec![series("reuse", "", Meaning::Network(NetworkKind::Dense), Weight::Main, Marks::Cells(cells))],
            )
        }
    });
    Chart {
        color_scale: Some(ColorScale {
            label: say(language, "Mean absolute weight", "平均绝对权重").to_owned(),
            scale: Scale::Log,
            format: Format::Significant,
            min: 1e-3,
            max: 0.13,
        }),
        ..chart(
            "reuse",
            say(language, "Which earlier features each layer uses", "每一层用到哪些更早的特征"),
            panels.collect(),
        )
    }
}

/// Costs: bars with names, several panels with different units.
pub(super) fn costs(language: Language, panels: usize) -> Chart {
    let all = [
        (say(language, "Parameters", "参数量"), Format::Compact, [46_362.0, 47_446.0, 47_446.0]),
        (
            say(language, "Multiply-adds for one image", "单张图像的乘加次数"),
            Format::Compact,
            [14_771_160.0, 5_588_964.0, 5_588_964.0],
        ),
        (say(language, "Activation memory", "激活内存"), Format::Bytes, [1.9e6, 4.1e5, 4.1e5]),
        (say(language, "Time per step (ms)", "每步时间（毫秒）"), Format::Significant, [31.2, 11.9, 10.8]),
        (say(language, "Validation accuracy", "验证准确率"), Format::Percent, [0.871, 0.852, 0.811]),
        (say(language, "Layers", "层数"), Format::Integer, [28.0, 28.0, 28.0]),
    ];
    let names = ["DenseNet", "ResNet", say(language, "Plain network", "普通网络")].map(str::to_owned).to_vec();
    let panels = all.into_iter().take(panels).map(|(label, format, values)| {
        let bars = KINDS.into_iter().zip(values).enumerate().map(|(index, ((kind, _), to))| {
            let bar = Bar { x: index as f64, width: 0.64, from: 0.0, to };
            series(kind.name(), "", Meaning::Network(kind), Weight::Main, Marks::Bars(vec![bar]))
        });
        let y = Axis { from_zero: true, ..axis("", Scale::Linear, Ticks::Numbers(format)) };
        Panel {
            title: Some(label.to_owned()),
            ..panel(axis("", Scale::Linear, Ticks::Names(names.clone())), y, bars.collect())
        }
    });
    chart(
        "costs",
        say(language, "Equal parameters are far from equal work", "参数量相同，计算量却相差甚远"),
        panels.collect(),
    )
}

/// Gradients over a run as a map: steps along x, layers along y.
pub(super) fn map(language: Language, blocks: &[usize]) -> Chart {
    let rows = parts(blocks, language);
    let count = rows.len();
    let panels = KINDS.into_iter().take(2).enumerate().map(|(salt, (kind, name))| {
        let values = (0..count * 50).map(|index| {
            let (step, row) = (index % 50, index / 50);
            Some(10_f64.powf(
                -3.0 * (salt as f64 * (count - row) as f64 / count as f64) - step as f64 / 40.0
                    + 0.3 * noise(index, salt),
            ))
        });
        let cells = Cells {
            columns: (0..=50).map(|edge| f64::from(edge) * 40.0).collect(),
            rows: (0..=count).map(|edge| edge as f64 - 0.5).collect(),
            values: values.collect(),
        };
        Panel {
            title: Some(name.to_owned()),
            ..panel(
                axis(say(language, "Step", "步"), Scale::Linear, Ticks::Numbers(Format::Integer)),
                axis(say(language, "Layer", "层"), Scale::Linear, Ticks::Parts(rows.clone())),
                vec![series("norm", "", Meaning::Network(kind), Weight::Main, Marks::Cells(cells))],
            )
        }
    });
    Chart {
        color_scale: Some(ColorScale {
            label: say(language, "Gradient norm", "梯度范数").to_owned(),
            scale: Scale::Log,
            format: Format::Significant,
            min: 1e-5,
            max: 2.0,
        }),
        ..chart("map", say(language, "Gradient norms over the run", "训练过程中的梯度范数"), panels.collect())
    }
}

/// Points and lines of several runs, and portions of one network.
pub(super) fn runs(language: Language, count: usize) -> Chart {
    let x = axis(say(language, "Epoch", "轮"), Scale::Linear, Ticks::Numbers(Format::Significant));
    let y = axis(say(language, "Validation accuracy", "验证准确率"), Scale::Linear, Ticks::Numbers(Format::Percent));
    let lines = (0..count).map(|run| {
        let points: Vec<_> = (0..=12)
            .map(|epoch| Point {
                x: f64::from(epoch),
                y: 0.9 - 0.5 * (-f64::from(epoch) / (2.0 + run as f64)).exp() + 0.01 * noise(run, 3),
            })
            .collect();
        let marks = if run % 3 == 2 { Marks::Points(points) } else { Marks::Line(points) };
        let name = format!(
            "{} {}: k = {}, {}",
            say(language, "Run", "运行"),
            run + 1,
            4 * (run + 1),
            say(language, "matched parameters", "参数量匹配")
        );
        Series {
            dash: (run == 1).then_some(Dash::Dashed),
            ..series(&format!("run{run}"), &name, Meaning::Run(run), Weight::Main, marks)
        }
    });
    chart("runs", say(language, "Several runs side by side", "多次运行的对比"), vec![panel(x, y, lines.collect())])
}

/// Every sample of ordinary size.
pub(super) fn ordinary(language: Language) -> Vec<Chart> {
    vec![
        loss(language),
        gradients(language, &[4, 4, 4]),
        growth(language, 6),
        reuse(language, &[4, 4, 4]),
        costs(language, 4),
        map(language, &[4, 4, 4]),
        runs(language, 6),
    ]
}
