//! What stands on each page. Every function here is a method of the desk and gives
//! the head of the page and its view.

mod articles;
mod basis;
mod feed;
mod forms;
mod home;
mod lesson;
mod lists;
mod people;
mod plain;
mod plans;
mod sheets;
mod topics;
mod units;
