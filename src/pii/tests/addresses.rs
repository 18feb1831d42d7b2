//! IP addresses: what belongs to somebody, what to nobody, and what resembles an address.

use super::super::{Level, Rule, Why, scan};
use super::{finds, ignores, only};

#[test]
fn global_addresses_are_likely() {
    for value in
        ["81.2.69.142", "198.41.0.4", "100.128.3.77", "172.32.9.41", "223.255.13.7", "203.0.114.9", "2.125.160.216"]
    {
        finds(value, Rule::Ip, value);
        finds(&format!("My address is {value}, please unban it."), Rule::Ip, value);
        assert_eq!((only(value).level, only(value).why), (Level::Likely, Why::IpGlobal), "{value}");
    }
    for value in
        ["2a02:8109:9a80:11d3:a5b1:2c3d:4e5f:6071", "2600:1700:9a80::1f3", "2a02:8109::5f:6071", "2A02:26F7:D6C0::17"]
    {
        finds(value, Rule::Ip, value);
        finds(&format!("banned {value}."), Rule::Ip, value);
    }
}

#[test]
fn port_length_and_brackets_stay_outside() {
    for text in [
        "81.2.69.142:8080",
        "81.2.69.142/24",
        "(81.2.69.142)",
        "http://81.2.69.142/x?y=1",
        "ping 81.2.69.142.",
        "81.2.69.142,",
    ] {
        finds(text, Rule::Ip, "81.2.69.142");
    }
    for text in [
        "[2600:1700:9a80::1f3]:443",
        "https://[2600:1700:9a80::1f3]/",
        "2600:1700:9a80::1f3/64",
        "at 2600:1700:9a80::1f3: no",
    ] {
        finds(text, Rule::Ip, "2600:1700:9a80::1f3");
    }
    assert_eq!(scan("81.2.69.142-81.2.69.150").len(), 2);
}

#[test]
fn disguised_addresses_are_found() {
    for value in
        ["８１.２.６９.１４２", "81[.]2[.]69[.]142", "81.2.69\u{200B}.142", "81。2。69。142", "81.2.69&#46;142"]
    {
        finds(value, Rule::Ip, value);
    }
}

#[test]
fn addresses_of_nobody_are_ignored() {
    for text in [
        "0.1.2.3",
        "10.20.30.40",
        "100.64.0.7",
        "100.127.255.254",
        "127.0.0.1",
        "169.254.7.7",
        "172.16.40.2",
        "172.31.255.1",
        "192.0.0.8",
        "192.0.2.77",
        "192.168.77.20",
        "198.18.40.1",
        "198.51.100.77",
        "203.0.113.77",
        "224.0.0.251",
        "239.255.255.250",
        "255.255.255.0",
        "255.255.255.255",
        "2001:db8::77:1",
        "3fff:12:5::9",
        "2002:c000:204::1",
        "2001:0:53aa:64c:2::1",
        "fe80::1ff:fe23:4567:890a",
        "fd12:3456:789a:1::1",
        "::1",
        "ff02::fb",
        "300.2.69.142",
        "81.2.69.256",
        "81.02.69.142",
        "81.2.69",
        "81.2.69.142.7",
    ] {
        assert_eq!(scan(text), [], "{text}");
    }
}

#[test]
fn resolvers_versions_and_programs_are_only_possible() {
    for text in [
        "8.8.8.8",
        "1.1.1.1",
        "9.9.9.9",
        "208.67.222.222",
        "1.2.3.4",
        "2.4.1.10",
        "version 81.2.69.142",
        "firmware update 81.2.69.142",
        "```\n81.2.69.142\n```",
        "81.2.69.142 - - [10/Oct/2025]",
        "12:30:59 connect 81.2.69.142",
        "x=\"81.2.69.142\"",
        "2606:4700:4700::1111",
        "2001:4860:4860::8888",
        "OID 81.2.69.142",
        "see section 81.12.69.142",
        "for example 81.2.69.142",
    ] {
        ignores(text);
    }
    finds("12:30:59 banned 81.2.69.142", Rule::Ip, "81.2.69.142");
}

#[test]
fn names_versions_and_times_are_no_addresses() {
    for text in [
        "v81.2.69.142",
        "lib-81.2.69.142",
        "81.2.69.142-rc1",
        "81.2.69.142.tar.gz",
        "Chrome/81.2.69.142",
        "142.69.2.81.in-addr.arpa",
        "1.3.6.1.4.1.311",
        "_81.2.69.142",
        "81.2.69.142a",
        "$81.2.69.142",
        "12:30:59",
        "2024:01:02",
        "2a:3b:4c:5d:6e:7f",
        "2001::x",
        "std::2a02::x",
        "x2600:1700:9a80::1f3",
        "2600:1700:9a80:::1f3",
        "2600:1700",
        "2600:1700:9a80::1f3g",
    ] {
        assert_eq!(scan(text), [], "{text}");
    }
}
