//! Which of burn's backends computes.

use burn::tensor::Device;

use crate::config::Backend;

#[expect(deprecated, reason = "kept as a slow, independent second opinion for as long as burn ships it")]
pub(super) use burn::backend::NdArray;

/// The device of a backend, without automatic differentiation.
pub fn device(backend: Backend) -> Device {
    match backend {
        Backend::Flex => Device::flex(),
        #[expect(deprecated, reason = "kept as a slow, independent second opinion for as long as burn ships it")]
        Backend::Ndarray => Device::ndarray(),
    }
}
