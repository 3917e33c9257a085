//! One tensor of a file: its shape and type, and its bytes when they are asked for.

use std::fmt;
use std::ops::Range;

use half::{bf16, f16};
use safetensors::tensor::Dtype;

use super::error::{WeightsProblem, shown};

/// A tensor that a file has.
#[derive(Debug)]
pub(super) struct Tensor {
    pub(super) shape: Vec<usize>,
    pub(super) numbers: Numbers,
    pub(super) bytes: Bytes,
}

/// Where the bytes are.
#[derive(Debug)]
pub(super) enum Bytes {
    /// In this part of a safetensors file that is in memory.
    Range(Range<usize>),
    /// In a file that is read when they are asked for.
    PyTorch(pytorch_reader::Tensor),
}

/// The type of a tensor's numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Numbers {
    F32,
    F16,
    BF16,
    I64,
    I32,
    I16,
    I8,
    U8,
    /// Any other, by the name that its file has for it.
    Other(&'static str),
}

impl From<Dtype> for Numbers {
    fn from(dtype: Dtype) -> Self {
        match dtype {
            Dtype::F32 => Self::F32,
            Dtype::F16 => Self::F16,
            Dtype::BF16 => Self::BF16,
            Dtype::I64 => Self::I64,
            Dtype::I32 => Self::I32,
            Dtype::I16 => Self::I16,
            Dtype::I8 => Self::I8,
            Dtype::U8 => Self::U8,
            Dtype::F64 => Self::Other("F64"),
            Dtype::U64 => Self::Other("U64"),
            Dtype::U32 => Self::Other("U32"),
            Dtype::U16 => Self::Other("U16"),
            Dtype::BOOL => Self::Other("BOOL"),
            _ => Self::Other("a type with less than a byte, or a complex one"), // the library's list grows
        }
    }
}

impl From<pytorch_reader::DType> for Numbers {
    fn from(dtype: pytorch_reader::DType) -> Self {
        use pytorch_reader::DType;
        match dtype {
            DType::F32 => Self::F32,
            DType::F16 => Self::F16,
            DType::BF16 => Self::BF16,
            DType::I64 => Self::I64,
            DType::I32 => Self::I32,
            DType::I16 => Self::I16,
            DType::I8 => Self::I8,
            DType::U8 => Self::U8,
            DType::F64 => Self::Other("F64"),
            DType::U64 => Self::Other("U64"),
            DType::U32 => Self::Other("U32"),
            DType::U16 => Self::Other("U16"),
            DType::Bool => Self::Other("BOOL"),
        }
    }
}

impl fmt::Display for Numbers {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Other(name) => formatter.write_str(name),
            known => fmt::Debug::fmt(known, formatter),
        }
    }
}

impl Numbers {
    /// The numbers in single precision, which has every value of the half precisions.
    pub(super) fn finite_floats(self, name: &str, bytes: &[u8]) -> Result<Vec<f32>, WeightsProblem> {
        let floats: Vec<f32> = match self {
            Self::F32 => bytes.as_chunks().0.iter().map(|&four| f32::from_le_bytes(four)).collect(),
            Self::F16 => bytes.as_chunks().0.iter().map(|&two| f16::from_le_bytes(two).to_f32()).collect(),
            Self::BF16 => bytes.as_chunks().0.iter().map(|&two| bf16::from_le_bytes(two).to_f32()).collect(),
            Self::I64 | Self::I32 | Self::I16 | Self::I8 | Self::U8 | Self::Other(_) => {
                return Err(self.refused(name, "F32, F16, BF16"));
            }
        };
        match floats.iter().position(|float| !float.is_finite()) {
            None => Ok(floats),
            Some(position) => Err(WeightsProblem::Number {
                name: shown(name),
                found: floats[position].to_string(),
                position,
                allowed: "finite numbers".to_owned(),
            }),
        }
    }

    /// The whole numbers.
    pub(super) fn integers(self, name: &str, bytes: &[u8]) -> Result<Vec<i64>, WeightsProblem> {
        Ok(match self {
            Self::I64 => bytes.as_chunks().0.iter().map(|&eight| i64::from_le_bytes(eight)).collect(),
            Self::I32 => bytes.as_chunks().0.iter().map(|&four| i32::from_le_bytes(four).into()).collect(),
            Self::I16 => bytes.as_chunks().0.iter().map(|&two| i16::from_le_bytes(two).into()).collect(),
            Self::I8 => bytes.iter().map(|&byte| byte.cast_signed().into()).collect(),
            Self::U8 => bytes.iter().map(|&byte| byte.into()).collect(),
            Self::F32 | Self::F16 | Self::BF16 | Self::Other(_) => {
                return Err(self.refused(name, "I64, I32, I16, I8, U8"));
            }
        })
    }

    fn refused(self, name: &str, allowed: &'static str) -> WeightsProblem {
        WeightsProblem::Type { name: shown(name), found: self.to_string(), allowed }
    }
}
