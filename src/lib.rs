pub mod base;
pub mod config;
pub mod source;
pub mod model;
pub mod records;
