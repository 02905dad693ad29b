//! How much of a file is looked at. Files come from anywhere, and a small one can be
//! made to unfold to more than any machine holds.

/// Larger files are not looked into, in bytes, where their kind allows to read parts
/// of them only.
pub const FILE: u64 = 512 << 20;
/// Larger files that must be read whole are not looked into.
pub const WHOLE_FILE: u64 = 96 << 20;
/// What one entry of an archive may unfold to.
pub const ENTRY: u64 = 24 << 20;
/// What all entries that are looked at may unfold to.
pub const ENTRIES: u64 = 96 << 20;
/// How many entries an archive may have.
pub const COUNT: usize = 20_000;
/// How many times its size an entry may unfold to, once it is larger than [`SMALL`].
pub const RATIO: u64 = 400;
/// Below this size the ratio does not matter.
pub const SMALL: u64 = 2 << 20;
/// How many nodes a document of XML may have.
pub const NODES: u32 = 3_000_000;
/// How deep elements may be nested.
pub const DEPTH: usize = 200;
/// How many pages, slides or sheets are looked at.
pub const PARTS: usize = 5_000;
/// How many cells of a workbook are looked at.
pub const CELLS: usize = 200_000;
/// How many characters of a file are kept.
pub const CHARACTERS: usize = 300_000;
/// How many characters the name of a place may have.
pub const NAME: usize = 80;
/// How many properties a document may have.
pub const PROPERTIES: usize = 100;
/// How many characters of a property are looked at.
pub const PROPERTY: usize = 2_000;
/// How many pictures out of a file are shown.
pub const PICTURES: usize = 12;
/// What one stream of a PDF may unfold to.
pub const STREAM: usize = 32 << 20;
/// How many operations all pages of a PDF together may have.
pub const OPERATIONS: usize = 20_000_000;
/// How many pixels a picture may have.
pub const PIXELS: u64 = 120_000_000;

/// Why nothing could be taken out of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Trouble {
    /// It asks for a password.
    Locked,
    /// It is broken.
    Damaged,
    /// It unfolds to more than is healthy.
    Beyond,
    /// It is of a kind that we cannot read.
    Unsupported,
}
