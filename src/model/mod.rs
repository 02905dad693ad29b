//! The library: what the records mean, with everything that refers to something
//! else connected to it.

mod article;
mod law;
mod lesson;
mod library;
mod menu;
mod person;
mod resolve;
mod session;
mod summary;
mod unit;
pub mod vocabulary;

pub use article::{Article, ArticleId, ArticleKind};
pub use law::{Citation, Law, LawId};
pub use lesson::{Ballots, Lesson, LessonId, LessonKind, Publication};
pub use library::{Blob, BlobId, Library, load};
pub use menu::MenuItem;
pub use person::{Instructor, Person, PersonId, Posting, same_name};

pub use session::{PlanKind, Session, SessionId, Status};
pub use unit::{Unit, UnitId, UnitKind};
pub use vocabulary::Word;
