//! The tables of the hosts whose AutoQuery operations were recorded.

use std::collections::BTreeMap;

use evo_runtime::dto::{QueryResponse, ResponseStatus};
use evo_runtime::{DateTime, Decimal, TimeSpan, UnknownValue, Uuid, choice, operation, record};

#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
#[non_exhaustive]
pub enum Genre {
    #[default]
    Rock,
    Jazz,
    HipHop,
    Unknown(UnknownValue),
}
choice!(Genre { Rock: "Rock" = 0, Jazz: "Jazz" = 1, HipHop: "HipHop" as "hip-hop" = 2 } else Unknown);

#[derive(Debug, Clone, PartialEq, Default)]
pub struct IdResponse {
    pub id: Option<String>,
    pub response_status: Option<ResponseStatus>,
}
record!(IdResponse { id: "Id", response_status: "ResponseStatus" });

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Artist {
    pub id: i32,
    pub name: Option<String>,
    pub genre: Genre,
    pub born: Option<DateTime>,
    pub albums: Option<Vec<Album>>,
}
record!(Artist { id: "Id", name: "Name", genre: "Genre", born: "Born", albums: "Albums" });

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Album {
    pub id: i32,
    pub artist_id: i32,
    pub title: Option<String>,
    pub price: Decimal,
    pub year: Option<i32>,
    pub media: i32,
    pub key: Uuid,
    pub length: TimeSpan,
    pub live: bool,
    pub tracks: Option<Vec<String>>,
    pub scores: Option<BTreeMap<String, i32>>,
    pub row_version: u64,
}
record!(Album {
    id: "Id",
    artist_id: "ArtistId",
    title: "Title",
    price: "Price",
    year: "Year",
    media: "Media",
    key: "Key",
    length: "Length",
    live: "Live",
    tracks: "Tracks",
    scores: "Scores",
    row_version: "RowVersion",
});

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Rockstar {
    pub id: i32,
    pub first_name: Option<String>,
    pub last_name: Option<String>,
    pub age: Option<i32>,
    pub born: DateTime,
}
record!(Rockstar { id: "Id", first_name: "FirstName", last_name: "LastName", age: "Age", born: "Born" });

#[derive(Debug, Clone, PartialEq, Default)]
pub struct RockstarName {
    pub first_name: Option<String>,
    pub last_name: Option<String>,
}
record!(RockstarName { first_name: "FirstName", last_name: "LastName" });

#[derive(Debug, Clone, PartialEq, Default)]
pub struct AlbumRow {
    pub title: Option<String>,
    pub artist_name: Option<String>,
    pub year: Option<i32>,
}
record!(AlbumRow { title: "Title", artist_name: "ArtistName", year: "Year" });

#[derive(Debug, Clone, PartialEq, Default)]
pub struct QueryRockstars {
    pub age: Option<i32>,
    pub skip: Option<i32>,
    pub take: Option<i32>,
    pub order_by: Option<String>,
    pub order_by_desc: Option<String>,
    pub include: Option<String>,
    pub fields: Option<String>,
}
record!(QueryRockstars {
    age: "Age",
    skip: "Skip",
    take: "Take",
    order_by: "OrderBy",
    order_by_desc: "OrderByDesc",
    include: "Include",
    fields: "Fields",
});
operation!(QueryRockstars: GET "/rockstars" => QueryResponse<Rockstar>, dates, rows Rockstar);

#[derive(Debug, Clone, PartialEq, Default)]
pub struct QueryRockstarNames {}
record!(QueryRockstarNames {});
operation!(QueryRockstarNames: GET => QueryResponse<RockstarName>, rows Rockstar, RockstarName);

#[derive(Debug, Clone, PartialEq, Default)]
pub struct QueryArtists {
    pub id: Option<i32>,
    pub ids: Option<Vec<i32>>,
    pub genre: Option<Genre>,
    pub skip: Option<i32>,
    pub take: Option<i32>,
    pub include: Option<String>,
    pub fields: Option<String>,
}
record!(QueryArtists {
    id: "Id",
    ids: "Ids",
    genre: "Genre",
    skip: "Skip",
    take: "Take",
    include: "Include",
    fields: "Fields",
});
operation!(QueryArtists: GET "/artists" => QueryResponse<Artist>, dates, rows Artist);

#[derive(Debug, Clone, PartialEq, Default)]
pub struct QueryAlbums {
    pub id: Option<i32>,
    pub take: Option<i32>,
    pub year_greater_than: Option<i32>,
    pub search: Option<String>,
    pub include: Option<String>,
}
record!(QueryAlbums {
    id: "Id",
    take: "Take",
    year_greater_than: "YearGreaterThan",
    search: "Search",
    include: "Include",
});
operation!(QueryAlbums: GET "/albums", "/albums/{Id}" => QueryResponse<Album>, rows Album);

#[derive(Debug, Clone, PartialEq, Default)]
pub struct QueryAlbumRows {}
record!(QueryAlbumRows {});
operation!(QueryAlbumRows: GET "/album-rows" => QueryResponse<AlbumRow>, rows Album, AlbumRow);

#[derive(Debug, Clone, PartialEq, Default)]
pub struct CreateArtist {
    pub name: Option<String>,
    pub genre: Option<Genre>,
    pub born: Option<DateTime>,
}
record!(CreateArtist { name: "Name", genre: "Genre", born: "Born" });
operation!(CreateArtist: POST "/artists" => IdResponse);

#[derive(Debug, Clone, PartialEq, Default)]
pub struct UpdateArtist {
    pub id: Option<i32>,
    pub name: Option<String>,
    pub genre: Option<Genre>,
    pub born: Option<DateTime>,
}
record!(UpdateArtist { id: "Id", name: "Name", genre: "Genre", born: "Born" });
operation!(UpdateArtist: PUT "/artists/{Id}" => Artist);

#[derive(Debug, Clone, PartialEq, Default)]
pub struct PatchArtist {
    pub id: Option<i32>,
    pub name: Option<String>,
    pub genre: Option<Genre>,
    pub born: Option<DateTime>,
}
record!(PatchArtist { id: "Id", name: "Name", genre: "Genre", born: "Born" });
operation!(PatchArtist: PATCH "/artists/{Id}" => Artist);

#[derive(Debug, Clone, PartialEq, Default)]
pub struct DeleteArtist {
    pub id: Option<i32>,
}
record!(DeleteArtist { id: "Id" });
operation!(DeleteArtist: DELETE "/artists/{Id}" => ());

#[derive(Debug, Clone, PartialEq, Default)]
pub struct SaveArtist {
    pub id: Option<i32>,
    pub name: Option<String>,
}
record!(SaveArtist { id: "Id", name: "Name" });
operation!(SaveArtist: POST "/artists/save" => IdResponse);

#[derive(Debug, Clone, PartialEq, Default)]
pub struct CreateAlbum {
    pub artist_id: Option<i32>,
    pub title: Option<String>,
}
record!(CreateAlbum { artist_id: "ArtistId", title: "Title" });
operation!(CreateAlbum: POST "/albums" => ChangedAlbum);

#[derive(Debug, Clone, PartialEq, Default)]
pub struct PatchAlbum {
    pub id: Option<i32>,
    pub title: Option<String>,
    pub year: Option<i32>,
    pub tracks: Option<Vec<String>>,
    pub row_version: Option<u64>,
}
record!(PatchAlbum { id: "Id", title: "Title", year: "Year", tracks: "Tracks", row_version: "RowVersion" });
operation!(PatchAlbum: PATCH => ChangedAlbum);

#[derive(Debug, Clone, PartialEq, Default)]
pub struct ChangedAlbum {
    pub id: i32,
    pub result: Option<Album>,
    pub count: i32,
    pub row_version: u64,
    pub response_status: Option<ResponseStatus>,
}
record!(ChangedAlbum {
    id: "Id",
    result: "Result",
    count: "Count",
    row_version: "RowVersion",
    response_status: "ResponseStatus",
});
