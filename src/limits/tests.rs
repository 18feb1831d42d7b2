//! What the counters promise.

#![allow(clippy::unwrap_used)]

use super::*;

fn ip(text: &str) -> IpAddr {
    text.parse().unwrap()
}

#[test]
fn exactly_the_allowed_number_passes_and_others_are_not_affected() {
    let limits = Limits::new(Vec::new());
    for row in TABLE {
        let key = Key::Member(MemberId(1));
        for left in (0..row.allowed).rev() {
            assert_eq!(limits.check(row.quota, key, None).unwrap(), Remaining { quota: row.name, left });
        }
        let Error::Limited(limited) = limits.check(row.quota, key, None).unwrap_err() else { unreachable!() };
        assert_eq!((limited.quota, limited.allowed), (row.name, row.allowed));
        assert!((1..=row.window_s.div_ceil(u64::from(row.allowed)).max(1)).contains(&limited.retry_after_s));
        assert!(limits.check(row.quota, Key::Member(MemberId(2)), None).is_ok());
    }
}

#[test]
fn an_ipv6_host_is_its_64_and_a_mapped_address_is_its_ipv4() {
    assert_eq!(Key::address(ip("2001:db8:1:2:3:4:5:6")), Key::address(ip("2001:db8:1:2::9")));
    assert_ne!(Key::address(ip("2001:db8:1:2::1")), Key::address(ip("2001:db8:1:3::1")));
    assert_eq!(Key::address(ip("::ffff:192.0.2.7")), Key::address(ip("192.0.2.7")));
}

#[test]
fn exempt_addresses_are_not_counted() {
    let limits = Limits::new(vec![ip("192.0.2.7")]);
    for _ in 0..1000 {
        assert!(limits.check(Quota::Topic, Key::Member(MemberId(1)), Some(ip("192.0.2.7"))).is_ok());
    }
    assert_eq!(limits.keys(), 0);
}

#[test]
fn full_counters_are_forgotten() {
    let limits = Limits::with(Vec::new(), |row| Row { allowed: 1_000_000, window_s: 1, ..row });
    for id in 0..1000 {
        limits.check(Quota::Post, Key::Member(MemberId(id)), None).unwrap();
    }
    while limits.keys() > 0 {
        limits.retain();
        std::thread::yield_now();
    }
}
