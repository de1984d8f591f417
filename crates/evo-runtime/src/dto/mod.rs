//! ServiceStack's own DTOs, which metadata documents name and, from version 6.9 on, do not describe.

mod api_keys;
mod authenticate;
mod navigation;
mod query;
mod register;
mod requests;
mod response_status;
mod responses;
mod roles;
mod server_events;
mod tokens;

pub use self::api_keys::{GetApiKeys, GetApiKeysResponse, RegenerateApiKeys, RegenerateApiKeysResponse, UserApiKey};
pub use self::authenticate::{Authenticate, AuthenticateLogout, AuthenticateResponse};
pub use self::navigation::{GetNavItems, GetNavItemsResponse, NavItem};
pub use self::query::{AuditBase, QueryResponse};
pub use self::register::{Register, RegisterResponse};
pub use self::requests::{CancelRequest, CancelRequestResponse};
pub use self::response_status::{ResponseError, ResponseStatus};
pub use self::responses::{EmptyResponse, ErrorResponse, IdResponse, StringResponse, StringsResponse};
pub use self::roles::{AssignRoles, AssignRolesResponse, UnAssignRoles, UnAssignRolesResponse};
pub use self::server_events::{GetEventSubscribers, UpdateEventSubscriber, UpdateEventSubscriberResponse};
pub use self::tokens::{ConvertSessionToToken, ConvertSessionToTokenResponse, GetAccessToken, GetAccessTokenResponse};
