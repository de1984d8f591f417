//! ServiceStack's own operations, which a service has if it uses the plugin.

use super::{Operation, OperationSpec, Role};
use crate::client::Reply;
use crate::dto::{
    AssignRoles, AssignRolesResponse, Authenticate, AuthenticateResponse, ConvertSessionToToken,
    ConvertSessionToTokenResponse, GetAccessToken, GetAccessTokenResponse, Register, RegisterResponse, UnAssignRoles,
    UnAssignRolesResponse,
};
use crate::error::Error;
use crate::operation;

/// Like [`operation!`], for operations that change the session of the client.
macro_rules! session_operation {
    ($operation:ident ($role:ident): $($route:literal),+ => $answer:ty $(, $dates:ident)?) => {
        impl Operation for $operation {
            type Answer = $answer;
            const SPEC: OperationSpec =
                OperationSpec::new(stringify!($operation), "POST", &[$($route),+]).role(Role::$role)$(.$dates())?;

            fn answer(reply: Reply) -> Result<$answer, Error> {
                reply.decode()
            }
        }
    };
}

session_operation!(Authenticate (SignIn): "/auth", "/auth/{provider}" => AuthenticateResponse, dates);
session_operation!(Register (Register): "/register" => RegisterResponse, dates);
session_operation!(GetAccessToken (Refresh): "/access-token" => GetAccessTokenResponse);
operation!(AssignRoles: POST "/assignroles" => AssignRolesResponse);
operation!(UnAssignRoles: POST "/unassignroles" => UnAssignRolesResponse);
operation!(ConvertSessionToToken: POST "/session-to-token" => ConvertSessionToTokenResponse);
