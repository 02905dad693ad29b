//! What stands on each page. Every function here is a method of the desk and gives
//! the head of the page and its view.

mod articles;
mod assessment;
mod basis;
mod changes;
mod charts;
mod evidence;
mod feed;
mod forms;
mod gallery;
mod home;
mod honours;
mod lesson;
mod lists;
mod papers;
mod people;
mod plain;
mod plans;
mod search;
mod sheets;
mod slides;
mod statistics;
mod topics;
mod units;
mod volume;
mod workings;
