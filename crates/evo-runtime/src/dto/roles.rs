//! Roles and permissions of users.

use std::collections::BTreeMap;

use super::ResponseStatus;
use crate::{record, setters};

/// Defines a request that changes the roles and permissions of a user, and its response.
macro_rules! role_changes {
    ($($doc:literal $request:ident => $response:ident;)*) => {$(
        #[doc = $doc]
        #[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
        pub struct $request {
            /// The user's name.
            pub user_name: Option<String>,
            /// The permissions.
            pub permissions: Option<Vec<String>>,
            /// The roles.
            pub roles: Option<Vec<String>>,
            /// Custom metadata of the service.
            pub meta: Option<BTreeMap<String, String>>,
        }

        record!($request { user_name: "UserName", permissions: "Permissions", roles: "Roles", meta: "Meta" });
        setters!($request() { user_name: String, permissions: Vec<String>, roles: Vec<String>, meta: BTreeMap<String, String> });

        /// The roles and permissions of the user afterwards.
        #[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
        #[non_exhaustive]
        pub struct $response {
            /// All roles.
            pub all_roles: Vec<String>,
            /// All permissions.
            pub all_permissions: Vec<String>,
            /// Custom metadata of the service.
            pub meta: BTreeMap<String, String>,
            /// The error, if there was one.
            pub response_status: Option<ResponseStatus>,
        }

        record!($response {
            all_roles: "AllRoles",
            all_permissions: "AllPermissions",
            meta: "Meta",
            response_status: "ResponseStatus"
        });
    )*};
}

role_changes! {
    "Gives a user roles and permissions." AssignRoles => AssignRolesResponse;
    "Takes roles and permissions from a user." UnAssignRoles => UnAssignRolesResponse;
}
