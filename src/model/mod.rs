//! The library: what the records mean, with everything that refers to something
//! else connected to it.

mod application;
mod article;
mod award;
mod choice;
mod evaluation;
mod exam;
mod law;
mod lesson;
mod library;
mod menu;
mod names;
mod person;
mod publication;
mod register;
mod resolve;
mod session;
mod summary;
mod trainee;
mod unit;
pub mod vocabulary;

pub use application::{Application, Decision};
pub use article::{Article, ArticleId, ArticleKind};
pub use award::{Award, Awards, CoursewareAward, Honour};
pub use choice::Choice;
pub use evaluation::{BallotFault, Evaluation, EvaluationId};
pub use exam::{Exam, Mark};
pub use law::{Citation, Law, LawId};
pub use lesson::{Ballots, Lesson, LessonId, LessonKind, OwnSession, Publication};
pub use library::{Blob, BlobId, Library, load, load_knowing};
pub use menu::MenuItem;
pub use person::{Instructor, Person, PersonId, Posting, is_sensitive_column, same_name};
pub use resolve::NOT_PUBLISHED;
pub use trainee::Trainee;

pub use session::{PlanKind, Session, SessionId, Status};
pub use unit::{Unit, UnitId, UnitKind};
pub use vocabulary::Word;
