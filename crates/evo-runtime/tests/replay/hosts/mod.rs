//! The clients of the recorded hosts, and the operations that are called on them.

#![allow(dead_code, reason = "the tests use a part of the generated clients")]

mod auth;
mod crud;
mod errors;
mod events;
mod http;
mod keys;
mod query;
mod returns;
mod routes;
mod types;
mod wire;

use evo_runtime::dto::{Authenticate, ConvertSessionToToken, GetAccessToken, Register};
use evo_runtime::{operation, record};

use crate::operations::{Call, bytes, nothing, stream, text, value};

/// The hosts, besides that of Evo Voice.
pub const HOSTS: [&str; 11] =
    ["auth", "crud", "errors", "events", "http", "keys", "query", "returns", "routes", "types", "wire"];

/// Calls by the kind of what they answer.
macro_rules! calls {
    ($($kind:ident: $($operation:path),+;)+) => { vec![$($($kind::<$operation>()),+),+] };
}

/// The operations in the document of a host.
pub fn operations(host: &str) -> Vec<Call> {
    match host {
        "auth" => {
            use auth::{AdminOnly, Fly, ManagersOnly, Open, ValidatedAuth, WhoAmI};
            calls! { value: AdminOnly, Fly, ManagersOnly, Open, ValidatedAuth, WhoAmI; }
        }
        "crud" => {
            use crud::{CreateAlbum, CreateArtist, DeleteArtist, PatchAlbum, PatchArtist};
            use crud::{QueryAlbums, SaveArtist, UpdateArtist};
            calls! {
                value: CreateAlbum, CreateArtist, PatchAlbum, PatchArtist, QueryAlbums, SaveArtist, UpdateArtist;
                nothing: DeleteArtist;
            }
        }
        "errors" => {
            use errors::{BareError, Batched, Fail, FailArgument, FailUnhandled};
            use errors::{Limited, Slow, StatusInBody, TextError, Validated};
            calls! {
                value: BareError, Batched, Fail, FailArgument, FailUnhandled;
                value: Limited, Slow, StatusInBody, TextError, Validated;
            }
        }
        "events" => calls! { value: events::QueryRockstarNames, events::QueryRockstars, events::Say; },
        "http" => {
            use self::http::{
                Cached, Compressed, Created, Dated, GetFile, Moved, OneVerb, RawUpload, Tagged, TwoVerbs,
            };
            calls! {
                value: Cached, Compressed, Created, Dated, Moved, OneVerb, RawUpload, Tagged, TwoVerbs;
                bytes: GetFile;
            }
        }
        "keys" => calls! { value: keys::Keyed, keys::Special, keys::Unkeyed; },
        "query" => {
            use query::{CreateAlbum, CreateArtist, DeleteArtist, PatchAlbum, PatchArtist};
            use query::{QueryAlbumRows, QueryAlbums, QueryArtists, SaveArtist, UpdateArtist};
            calls! {
                value: CreateAlbum, CreateArtist, PatchAlbum, PatchArtist, SaveArtist, UpdateArtist;
                value: QueryAlbumRows, QueryAlbums, QueryArtists;
                nothing: DeleteArtist;
            }
        }
        "returns" => {
            use returns::{ArrayWidgets, CountWidgets, DeleteWidget, Download, GetBytes, GetText};
            use returns::{GetWidget, ListWidgets, MapWidgets, PatchWidget};
            calls! {
                value: ArrayWidgets, CountWidgets, GetWidget, ListWidgets, MapWidgets, PatchWidget;
                nothing: DeleteWidget;
                text: GetText;
                bytes: GetBytes;
                stream: Download;
            }
        }
        "routes" => {
            use routes::{
                Anything, FindSession, Listed, Odd, ReadPath, RemoveMember, Report, Routeless, Search, Upload,
            };
            calls! {
                value: Anything, FindSession, Listed, Odd, ReadPath;
                value: RemoveMember, Report, Routeless, Search, Upload;
            }
        }
        "types" => {
            use types::names::{GetEverything, Send};
            use types::rich::{FindThings, OldFind, QueryMakers, QueryThings, Secure, SendContract, SendNully};
            calls! {
                value: FindThings, GetEverything, OldFind, QueryMakers, QueryThings, Send, SendContract, SendNully;
                nothing: Secure;
            }
        }
        "wire" => {
            use wire::{EchoCollections, EchoContract, EchoEnums, EchoGenerics};
            use wire::{EchoNullables, EchoScalars, EchoShelter, Sample};
            calls! {
                value: EchoCollections, EchoContract, EchoEnums, EchoGenerics;
                value: EchoNullables, EchoScalars, EchoShelter, Sample;
            }
        }
        other => panic!("no client of {other}"),
    }
}

/// The operations that hosts have besides their own, each with its paths.
pub fn built_in() -> Vec<(&'static [&'static str], Call)> {
    vec![
        (&["/auth", "/auth/{provider}"], value::<Authenticate>()),
        (&["/register"], value::<Register>()),
        (&["/access-token"], value::<GetAccessToken>()),
        (&["/session-to-token"], value::<ConvertSessionToToken>()),
    ]
}

/// What is no operation of the host: pages, documents, the calls of event streams, and nothing at all.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Elsewhere {}

record!(Elsewhere {});
operation!(Elsewhere: GET => raw String);
