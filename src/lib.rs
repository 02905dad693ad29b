pub mod base;
pub mod config;
pub mod source;
pub mod records;
