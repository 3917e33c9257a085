//! The forms in which images are found.

/// The form of a data set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Form {
    /// Drawn by the program.
    Shapes,
    /// MNIST's files and those of its relatives.
    Idx,
    /// CIFAR-10's binary version.
    CifarTen,
    /// CIFAR-100's binary version.
    CifarHundred,
    /// CIFAR-10's or CIFAR-100's version for Python.
    CifarPython,
    /// STL-10's binary version.
    Stl,
    /// One folder of pictures for each class.
    ClassFolders,
}

impl Form {
    /// Those that a folder is searched for, in that order.
    pub const SOUGHT: [Self; 6] =
        [Self::Idx, Self::CifarTen, Self::CifarHundred, Self::CifarPython, Self::Stl, Self::ClassFolders];

    /// The last part of the keys of its texts.
    pub(super) const fn key(self) -> &'static str {
        match self {
            Self::Shapes => "shapes",
            Self::Idx => "idx",
            Self::CifarTen => "cifar_ten",
            Self::CifarHundred => "cifar_hundred",
            Self::CifarPython => "cifar_python",
            Self::Stl => "stl",
            Self::ClassFolders => "class_folders",
        }
    }
}
