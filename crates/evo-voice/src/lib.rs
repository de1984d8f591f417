//! A client for [Evo Voice](https://evovoice.io), a cloud phone system that runs on `ServiceStack`.
//!
//! | [`Client`] | calls the operations of the service |
//! |---|---|
//! | [`Error`] | the error of all calls |
//!
//! Every operation of the service is a struct, which [`Client::send`](evo_runtime::Client::send) sends. The struct determines the type of
//! the response. There is one module per area: [`sessions`], [`flows`], [`endpoints`], [`authentication`] and others.
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
//! `new` takes the members that the address of an operation needs; all other members have setters. A member that is not set is not sent:
//! the server uses its default, and a `Patch..` operation does not change the member. Struct literals with `..Default::default()` work as
//! well.
//!
//! The client needs a tokio runtime. Clones are cheap and share connections and session. [`Client::builder`] configures timeouts, retries,
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
//! [`Credentials`] sign in before the first call, and again after the session has ended. The session is kept in cookies. [`Basic`] sends
//! name and password with every request. Call [`Client::login`](evo_runtime::Client::login) to sign in eagerly and to get information about
//! the user.
//!
//! # Lists
//!
//! Most `List..` operations are paged. Pages are numbered from 0 and contain `count_per_page` items. [`ListResponse`] tells whether there
//! are more pages, and [`Client::pages`](evo_runtime::Client::pages) reads all of them. With `simplified_paging`, the server does not count
//! all matches, which is faster.
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
//! Only one page is in memory at a time. Without `items()`, the stream yields pages.
//!
//! # Errors
//!
//! All calls return [`Error`]. Its [`kind`](Error::kind) is the kind of failure. The error of a response also has a
//! [`status`](Error::status), an [`error_code`](Error::error_code) and errors of single members.
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
//! A [`ScriptedTransport`](evo_runtime::transport::ScriptedTransport) replaces the network. It returns a response per operation and records
//! the requests.
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
//!         // Types that are only received are `#[non_exhaustive]`: start from the default.
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
//! The client calls the declared route of an operation, or `/json/reply/{Operation}` if no route matches the call. For example, the route
//! of [`DeleteChatMember`](sessions::DeleteChatMember) has a variable that is not a member of the operation.
//! [`Client::with_addresses`] changes the addresses.
//!
//! Requests and responses are JSON. [`Client::with_format`] with [`Format::Jsv`] changes them to JSV, the text format of `ServiceStack`.
//!
//! # Enums
//!
//! Every enum has a variant `Unknown` for values that this version of the client does not know.
//!
//! The files below `generated/` are generated by evo-gen from the metadata of the service. See the guides of
//! [`evo_runtime`](evo_runtime::guide) for more.

mod generated;

#[doc(no_inline)]
pub use evo_runtime;
#[doc(inline)]
pub use evo_runtime::{
    Address, Auth, Basic, Bearer, Bytes, Credentials, DateTime, Download, Error, ErrorKind, Format, UnknownValue,
};

pub use self::generated::*;

evo_runtime::paged!(ListResponse<T> of T { items: items, total: total_count, more: has_more_pages });
