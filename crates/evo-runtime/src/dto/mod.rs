//! ServiceStack's own DTOs that the runtime uses: response statuses, pages, signing in, roles, subscriptions.
//!
//! The generator emits the rest from their description in `templates/servicestack-types.json`. A test compares these with the same file.

mod authenticate;
mod query;
mod register;
mod response_status;
mod roles;
mod server_events;
mod tokens;

pub use self::authenticate::{Authenticate, AuthenticateResponse};
pub use self::query::QueryResponse;
pub use self::register::{Register, RegisterResponse};
pub use self::response_status::{ResponseError, ResponseStatus};
pub use self::roles::{AssignRoles, AssignRolesResponse, UnAssignRoles, UnAssignRolesResponse};
pub use self::server_events::{UpdateEventSubscriber, UpdateEventSubscriberResponse};
pub use self::tokens::{ConvertSessionToToken, ConvertSessionToTokenResponse, GetAccessToken, GetAccessTokenResponse};
