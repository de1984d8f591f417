//! A client for [Evo Voice](https://evovoice.io), a cloud phone system that runs on `ServiceStack`.
//!
//! | [`Client`] | calls the operations of the service |
//! |---|---|
//! | [`Error`] | why a call failed |
//!
//! Every operation of the service is a struct, and [`Client::send`](evo_runtime::Client::send) calls it. The struct determines the type of the
//! answer. Operations and types are in a module per area: [`sessions`], [`flows`], [`endpoints`], [`authentication`] and others.
//!
//! ```no_run
//! use evo_voice::sessions::{HoldSession, SessionHoldReasons};
//! use evo_voice::{Client, Credentials};
//!
//! # async fn hold(user: &str, password: &str) -> Result<(), evo_voice::Error> {
//! let evo = Client::new("https://evovoice.io")?.with_auth(Credentials::new(user, password));
//! let session = evo.send(HoldSession::new("s1").reason(SessionHoldReasons::Transferring)).await?;
//! println!("{:?}", session.call_state);
//! # Ok(())
//! # }
//! ```
//!
//! `new` takes what the address of an operation needs; everything else has a setter. A member that is not set is not sent: the default of
//! the server holds, and a `Patch..` operation leaves that member as it is. Struct literals with `..Default::default()` work as well.
//!
//! The client needs a tokio runtime. A clone is cheap and shares connections and session. [`Client::builder`] sets time limits, retries,
//! headers and more:
//!
//! ```no_run
//! use std::time::Duration;
//!
//! use evo_voice::{Basic, Client};
//!
//! # fn build(user: &str, password: &str) -> Result<(), evo_voice::Error> {
//! let evo: Client = Client::builder("https://evovoice.io")
//!     .auth(Basic::new(user, password))
//!     .timeout(Duration::from_secs(20))
//!     .build()?;
//! # Ok(())
//! # }
//! ```
//!
//! # Signing in
//!
//! [`Credentials`] sign in before the first call and again when the session has ended; cookies carry the session. [`Basic`] sends name and
//! password with every request. Call [`Client::login`](evo_runtime::Client::login) to sign in eagerly and to learn who the user is.
//!
//! # Lists
//!
//! Most `List..` operations are paged. Pages are counted from 0 and hold `count_per_page` items; [`ListResponse`] tells whether there
//! are more, and [`Client::pages`](evo_runtime::Client::pages) reads all of them. With `simplified_paging` the server does not count all matches,
//! which is faster.
//!
//! ```no_run
//! use evo_voice::sessions::ListSessions;
//!
//! # async fn list(evo: evo_voice::Client) -> Result<(), evo_voice::Error> {
//! let request = ListSessions::new().start_date("2026-05-01").simplified_paging(true);
//! let mut sessions = evo.pages(request, ListSessions::page).items();
//! while let Some(session) = sessions.next().await {
//!     let session = session?;
//!     println!("{:?} {:?}", session.id, session.call_state);
//! }
//! # Ok(())
//! # }
//! ```
//!
//! One page is in memory at a time. Without `items()` the stream yields the pages themselves.
//!
//! # Errors
//!
//! There is one [`Error`]. Its [`kind`](Error::kind) tells what failed; the error of a response has its
//! [`status`](Error::status), its [`error_code`](Error::error_code) and the errors of single members.
//!
//! ```no_run
//! use evo_voice::authentication::PatchUser;
//!
//! # async fn change(evo: evo_voice::Client) -> Result<(), evo_voice::Error> {
//! match evo.send(PatchUser::new("u1").new_password("secret")).await {
//!     Ok(user) => println!("changed for {:?}", user.email_address),
//!     Err(error) if error.field("NewPassword").is_some() => println!("choose another password: {error}"),
//!     Err(error) if error.error_code() == Some("NotFound") => println!("no such user"),
//!     Err(error) => return Err(error),
//! }
//! # Ok(())
//! # }
//! ```
//!
//! # Tests without a server
//!
//! A [`ScriptedTransport`](evo_runtime::transport::ScriptedTransport) takes the place of the network. It answers by operation and keeps what was
//! sent.
//!
//! ```
//! use evo_runtime::transport::{HttpReply, ScriptedTransport};
//! use evo_voice::Client;
//! use evo_voice::sessions::{GetChatTranscript, HoldSession, SessionInfo};
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), evo_voice::Error> {
//! let server = ScriptedTransport::default()
//!     .on::<HoldSession>(|request| {
//!         // Types that only come back are `#[non_exhaustive]`: start from the default.
//!         let mut session = SessionInfo::default();
//!         session.id = request.session_id;
//!         Ok(session)
//!     })
//!     .on::<GetChatTranscript>(|_| Err(HttpReply::error(404, "NotFound", "no such session").into()));
//! let evo = Client::builder("https://evovoice.io").transport(server.clone()).build()?;
//!
//! assert_eq!(evo.send(HoldSession::new("s1")).await?.id.as_deref(), Some("s1"));
//! assert!(evo.send(GetChatTranscript::new("s2")).await.unwrap_err().is_not_found());
//! assert_eq!(server.sent::<HoldSession>(), [HoldSession::new("s1")]);
//! # Ok(())
//! # }
//! ```
//!
//! # Addresses and formats
//!
//! The client calls the declared route of an operation, and `/json/reply/{Operation}` if no route can carry the call. For example,
//! the route of [`DeleteChatMember`](sessions::DeleteChatMember) has a variable that is not a member of the operation.
//! [`Client::with_addresses`] changes that.
//!
//! Requests and answers are JSON. [`Client::with_format`] with [`Format::Jsv`] makes them JSV, the text format of `ServiceStack`.
//!
//! # Enums
//!
//! An enum has a variant `Unknown`, which keeps a value that this version of the client does not know.
//!
//! Everything below `generated/` is written by evo-gen from the metadata of the service. The guides of
//! [`evo_runtime`](evo_runtime::guide) show more.

mod generated;

#[doc(no_inline)]
pub use evo_runtime;
#[doc(inline)]
pub use evo_runtime::{
    Address, Auth, Basic, Bearer, Bytes, Credentials, DateTime, Download, Error, ErrorKind, Format, UnknownValue,
};

pub use self::generated::*;

evo_runtime::paged!(ListResponse<T> of T { items: items, total: total_count, more: has_more_pages });
