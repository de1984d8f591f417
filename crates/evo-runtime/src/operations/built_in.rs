//! The operations that every service with the plugin in question has.

use crate::dto::{
    AssignRoles, AssignRolesResponse, Authenticate, AuthenticateResponse, ConvertSessionToToken,
    ConvertSessionToTokenResponse, GetAccessToken, GetAccessTokenResponse, GetApiKeys, GetApiKeysResponse,
    RegenerateApiKeys, RegenerateApiKeysResponse, Register, RegisterResponse, UnAssignRoles, UnAssignRolesResponse,
};
use crate::operation;

operation!(Authenticate: POST "/auth", "/auth/{provider}" => AuthenticateResponse, dates);
operation!(Register: POST "/register" => RegisterResponse, dates);
operation!(AssignRoles: POST "/assignroles" => AssignRolesResponse);
operation!(UnAssignRoles: POST "/unassignroles" => UnAssignRolesResponse);
operation!(GetAccessToken: POST "/access-token" => GetAccessTokenResponse);
operation!(ConvertSessionToToken: POST "/session-to-token" => ConvertSessionToTokenResponse);
operation!(GetApiKeys: GET "/apikeys", "/apikeys/{Environment}" => GetApiKeysResponse, dates);
operation!(RegenerateApiKeys: POST "/apikeys/regenerate", "/apikeys/regenerate/{Environment}" => RegenerateApiKeysResponse, dates);
