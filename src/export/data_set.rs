//! A data set as a file of tensors: the bytes that training would get, before they are normalised.

use safetensors::tensor::{Dtype, TensorView, serialize};

use crate::data::{DataSet, Split};

/// `train.images` and `validation.images` (u8, `[N, C, H, W]`), `train.labels` and `validation.labels` (i64, `[N]`).
///
/// # Panics
///
/// Never: the tensors have the sizes that their shapes say.
pub fn data_set_to_safetensors(data: &DataSet) -> Vec<u8> {
    let labels = |split: &Split| -> Vec<u8> {
        (0..split.len()).flat_map(|index| (split.label(index) as u64).to_le_bytes()).collect()
    };
    let splits = [("train", &data.train), ("validation", &data.validation)];
    let splits = splits.map(|(name, split)| (name, split, labels(split)));
    let shape = data.shape;
    let tensors = splits.iter().flat_map(|(name, split, labels)| {
        let size = vec![split.len(), shape.channels, shape.height, shape.width];
        [
            (format!("{name}.images"), TensorView::new(Dtype::U8, size, split.pixels())),
            (format!("{name}.labels"), TensorView::new(Dtype::I64, vec![split.len()], labels)),
        ]
    });
    let tensors = tensors.map(|(name, view)| (name, view.expect("an image has the values of its shape")));
    serialize(tensors, None).expect("names and sizes are JSON")
}
