//! Sinks that touch no disk.

use std::collections::BTreeMap;
use std::fs;
use std::sync::{Mutex, PoisonError};

use super::OutputError;
use crate::base::{OutputPath, Product, Sink};

/// Keeps every file in memory, for tests and for builds that must be seen whole
/// before anything is written.
#[derive(Debug, Default)]
pub struct Memory {
    kept: Mutex<Kept>,
}

#[derive(Debug, Default)]
struct Kept {
    files: BTreeMap<OutputPath, Vec<u8>>,
    failure: Option<OutputError>,
}

impl Memory {
    /// All files by address, or the first failure to read one that was to be copied.
    pub fn close(self) -> Result<BTreeMap<OutputPath, Vec<u8>>, OutputError> {
        let kept = self.kept.into_inner().unwrap_or_else(PoisonError::into_inner);
        kept.failure.map_or(Ok(kept.files), Err)
    }
}

impl Sink for Memory {
    fn put(&self, path: OutputPath, product: Product) {
        let bytes = match product {
            Product::Made(bytes) => Ok(bytes),
            Product::CopyOf(source) => fs::read(&source).map_err(|error| OutputError::io("读取", &source, error)),
        };
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        match bytes {
            Ok(bytes) => {
                kept.files.insert(path, bytes);
            }
            Err(error) => {
                kept.failure.get_or_insert(error);
            }
        }
    }
}
