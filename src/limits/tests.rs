//! What the counters promise.

#![allow(clippy::unwrap_used)]

use super::*;

fn ip(text: &str) -> IpAddr {
    text.parse().unwrap()
}

#[test]
fn exactly_the_allowed_number_passes_and_others_are_not_affected() {
    for row in TABLE {
        let alone = |other: Row| if other == row { row } else { Row { allowed: 1_000_000, window_s: 1, ..other } };
        let limits = Limits::with(Vec::new(), alone);
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
fn a_long_window_refuses_what_short_ones_let_through() {
    let rows = |row: Row| if row.name == "topics-day" { row } else { Row { allowed: 1000, window_s: 1, ..row } };
    let limits = Limits::with(Vec::new(), rows);
    let post = || limits.check(Quota::Topic, Key::Member(MemberId(1)), None);
    for left in (0..20).rev() {
        assert_eq!(post().unwrap(), Remaining { quota: "topics-day", left });
    }
    let Error::Limited(limited) = post().unwrap_err() else { unreachable!() };
    assert_eq!((limited.quota, limited.retry_after_s), ("topics-day", 86_400 / 20));
}

#[test]
fn it_works_again_after_the_time_it_named() {
    let limits = Limits::with(Vec::new(), |row| Row { allowed: 2, window_s: 2, ..row });
    let ask = || limits.check(Quota::Edit, Key::Member(MemberId(1)), None);
    assert!(ask().is_ok() && ask().is_ok());
    let Error::Limited(limited) = ask().unwrap_err() else { unreachable!() };
    assert_eq!(limited.retry_after_s, 1);
    std::thread::sleep(std::time::Duration::from_millis(1050));
    assert!(ask().is_ok());
    assert!(ask().is_err());
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

#[test]
#[ignore = "measures the memory of the process; run it alone"]
fn a_million_keys_stay_below_200_mib() {
    let resident = || {
        let status = std::fs::read_to_string("/proc/self/status").unwrap();
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap().to_owned();
        line.split_whitespace().nth(1).unwrap().parse::<usize>().unwrap()
    };
    let limits = Limits::new(Vec::new());
    let before = resident();
    for number in 0..1_000_000_u64 {
        let address = IpAddr::V6(Ipv6Addr::from_bits(u128::from(number) << 64));
        limits.check(Quota::GuestRequest, Key::address(address), Some(address)).unwrap();
    }
    let added = (resident() - before) / 1024;
    assert!(added < 200, "{added} MiB");
}
