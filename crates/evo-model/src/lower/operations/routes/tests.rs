//! Paths in every form that servers accept.

use super::find_needed_names;
use super::template::{MemberNames, Unusable, parse};
use crate::api::Route;

fn route(path: &str) -> Result<Route, Unusable> {
    parse(path, &MemberNames::from_names(["Id", "Kind", "Path"]))
}

#[test]
fn paths_are_filled_in_by_members() {
    for (path, template, needed) in [
        ("/", "/", vec![]),
        ("/things", "/things", vec![]),
        ("/things/", "/things/", vec![]),
        ("/things/{id}", "/things/{Id}", vec!["Id"]),
        ("/v2/{Id:int}/x", "/v2/{Id}/x", vec!["Id"]),
        ("/v2/{ Id : range(1,5) }", "/v2/{Id}", vec!["Id"]),
        ("/v2/{Id:regex(^a/b*$)}", "/v2/{Id}", vec!["Id"]),
        ("/v3/{Id?}", "/v3/{Id}", vec![]),
        ("/v3/{Kind}/{Id:int?}", "/v3/{Kind}/{Id}", vec!["Kind"]),
        ("/v3/{Id=7}", "/v3/{Id}", vec![]),
        ("/files/{Path*}", "/files/{Path*}", vec![]),
        ("/files/{*path}", "/files/{Path*}", vec![]),
        ("/{Kind}/{**Path}", "/{Kind}/{Path*}", vec!["Kind"]),
        ("/{Id}.{Kind}", "/{Id}.{Kind}", vec!["Id", "Kind"]),
        ("/pre-{Id}-post", "/pre-{Id}-post", vec!["Id"]),
        ("/a \"b\" \\\\ c/\u{fc}", "/a \"b\" \\\\ c/\u{fc}", vec![]),
    ] {
        let route = route(path).unwrap_or_else(|reason| panic!("{path}: {reason}"));
        let found: Vec<&str> = route.needed().map(|variable| variable.member.as_str()).collect();
        assert_eq!((route.template().as_str(), found), (template, needed), "{path}");
    }
}

#[test]
fn constraints_are_kept() {
    for (path, expected) in
        [("/{Id}", None), ("/{Id:int}", Some("int")), ("/{Id:int=7}", Some("int")), ("/{Id:}", None)]
    {
        let route = route(path).unwrap();
        let found = route.segments.iter().flatten().find_map(|part| match part {
            crate::api::Part::Variable(variable) => variable.constraint.as_deref(),
            crate::api::Part::Literal(_) => None,
        });
        assert_eq!(found, expected, "{path}");
    }
}

#[test]
fn what_cannot_be_filled_in_has_its_reason() {
    for (path, reason) in [
        ("/things/{thingId}", "no member fills its variable `thingId`"),
        ("/things/{ignore}", "no member fills its variable `ignore`"),
        ("/things/{}", "no member fills its variable ``"),
        ("no-slash", "it does not begin with a slash"),
        ("", "it does not begin with a slash"),
        ("/q?x={Id}", "it contains a query or a fragment, which is not part of a path"),
        ("/q#x", "it contains a query or a fragment, which is not part of a path"),
        ("/broken/{Id", "its braces do not match"),
        ("/broken/{Id/{Kind}", "its braces do not match"),
        ("/stray/Id}", "its braces do not match"),
        ("/text/{{Id}}", "it contains escaped braces"),
        ("/v7/*", "its asterisk matches anything, and has no name"),
        ("/x/{Path*}/tail", "its wildcard is not the whole last segment"),
        ("/x/{*Path}/", "its wildcard is not the whole last segment"),
        ("/x/a{Path*}", "its wildcard is not the whole last segment"),
        ("/x/{Id}{Kind}", "two of its variables touch each other"),
    ] {
        let found = route(path).map_err(|reason| reason.to_string());
        assert_eq!(found.map(|route| route.template()), Err(reason.to_owned()), "{path}");
    }
}

#[test]
fn what_every_route_needs_is_asked_for() {
    for (paths, expected) in [
        (vec![], vec![]),
        (vec!["/{Kind}/{Id}"], vec!["Kind", "Id"]),
        (vec!["/{Kind}/{Id}", "/{Id}"], vec!["Id"]),
        (vec!["/{Kind}/{Id}", "/{Id?}"], vec![]),
        (vec!["/{Id}/{Id}/{Path*}"], vec!["Id"]),
        // `{Id}` is not part of `{Idea}`.
        (vec!["/{Id}", "/{Path*}"], vec![]),
    ] {
        let routes: Vec<Route> = paths.iter().map(|path| route(path).unwrap()).collect();
        assert_eq!(find_needed_names(&routes), expected, "{paths:?}");
    }
}
