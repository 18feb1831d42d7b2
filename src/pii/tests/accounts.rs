//! Bank accounts: values, levels, disguises, and what resembles them.

use super::super::{Level, Rule, Why, scan};
use super::{acted_on, finds, ignores, only};

/// One made-up account of every country of the registry.
const EVERY: &[&str] = &[
    "AD81526018153WD25RQ4F5ZR",
    "AE020913909960308246281",
    "AL2994821993N6Z43DVYRKTTNJFB",
    "AT263194875749118625",
    "AZ92EPNB4ZKLMVT45HU43JSIOM1T",
    "BA715291703423667127",
    "BE18684268465632",
    "BG31CFEH307924I09QYNK8",
    "BH51WQTU3TZPPPP6UP3C4D",
    "BI2472159010928159013962459",
    "BR1357117777412154728038528AX",
    "BY89J5GX5253YYWLECFPECXVM11H",
    "CH3874395SMN5E6EUCLDU",
    "CR92990751163726516761",
    "CY2622202972UM9ZZ8106X8RCD1G",
    "CZ7534839548620579868282",
    "DE03880729022279180588",
    "DJ9887180334018780175989834",
    "DK3278878384837261",
    "DO97PSK436134125242731672326",
    "EE878656355150587706",
    "EG815894811311440242646288975",
    "ES2714026140141931417058",
    "FI9064920831240234",
    "FK89UJ834782450400",
    "FO7108838737167868",
    "FR20433532650204GRA35OWIF40",
    "GB67OFFI70455853043520",
    "GE73KM1748338014126906",
    "GI56AJJUE5X9OKV9I92WRW8",
    "GL3888909310025167",
    "GR8080083740T4WY5X4UG4GFDET",
    "GT79VO4UI2C49LGJ80U3VH6DVIXI",
    "HN07OOOY18341704718746331912",
    "HR0984529841537760207",
    "HU07764265651505561304451669",
    "IE40CLNY40410423468535",
    "IL116068831067924708227",
    "IQ23NKJJ446347861221387",
    "IS958375762833125815354930",
    "IT93X6668364507HN8WXD5HFOPS",
    "JO25NJAE0679V04PXTSF6E99X6T5Z2",
    "KW09AZEH2J8GXR764JXCOGE00YJTHK",
    "KZ81378FZF1QJ31CVQ5G",
    "LB963653V2LQNPC0IW4DVCJCETEG",
    "LC15YJDTVBEVQ39P3D19Q33BPSK75ALC",
    "LI1228704ONLSA605H5MQ",
    "LT061836546107358735",
    "LU02570QFP2O2T43GC4L",
    "LV15LIKT2GKHJ041E6UTO",
    "LY67467272042935575918362",
    "MC72361078852664G5D6QVSBE26",
    "MD96TFY7IIHHNGGCSFBFF9IC",
    "ME15516438831701073750",
    "MK814313CC4NWBSG019",
    "MN439530552034093056",
    "MR8752941307871616828126464",
    "MT95VJNB495661NCPPD0RAR75PNTA80",
    "MU24BREU6199582254282116734EBP",
    "NI93KBTU61923969372930682651",
    "NL88EHXG0805169784",
    "NO9364936657872",
    "OM65009VTFSTBUP648MRN5S",
    "PK54QQVB285KW53WO8147C8V",
    "PL53423159425947248739498355",
    "PS80BGFMAHKOAG7X3NSZX6GYPNGON",
    "PT72925517329048449500324",
    "QA70TUNNWN38VE2130MJ6XMYEQJ8D",
    "RO92LTPF80F9S649HPG03ZMS",
    "RS89987320008062320109",
    "RU8783263898692841J3UY0ORT5SBE6GE",
    "SA1401LG3HZRXGID5W0AGFCA",
    "SC28XKGM59368778006394369919FEB",
    "SD4801192520002010",
    "SE4519538161333100147121",
    "SI40345564054405598",
    "SK7174906068157089319426",
    "SM22A8340057172VMWGAIDEVA75",
    "SO377815516616053446882",
    "ST72637289905958278527749",
    "SV30HEKO38344922359852353412",
    "TL311362244643114367006",
    "TN9863847024960369963932",
    "TR22176541QFPAGRUT1QXBK0OV",
    "UA42104832CXM6TYDUW1NXLQTDBPW",
    "VA53195044660016659413",
    "VG19JXMQ3673221378325674",
    "XK728275346462704534",
    "YE32KPPN9152JO35K8XM00D4IG69EB",
];

#[test]
fn an_account_of_every_country_is_found() {
    for value in EVERY {
        let lower = value.to_lowercase();
        let grouped: Vec<&str> = value.as_bytes().chunks(4).map(|chunk| std::str::from_utf8(chunk).unwrap()).collect();
        for form in [
            (*value).to_owned(),
            lower,
            grouped.join(" "),
            grouped.join("-"),
            grouped.join("."),
            grouped.join("\u{A0}"),
        ] {
            finds(&form, Rule::Iban, &form);
        }
        assert_eq!((only(value).level, only(value).why), (Level::Likely, Why::IbanChecksum), "{value}");
        let named = format!("IBAN: {value}");
        assert_eq!((only(&named).level, only(&named).why), (Level::Certain, Why::IbanNamed), "{value}");
    }
}

#[test]
fn a_wrong_digit_is_no_account() {
    for value in EVERY {
        for at in 2..value.len() {
            let mut bytes = value.as_bytes().to_vec();
            bytes[at] = if bytes[at] == b'9' {
                b'0'
            } else if bytes[at] == b'Z' {
                b'A'
            } else {
                bytes[at] + 1
            };
            let other = String::from_utf8(bytes).unwrap();
            assert!(acted_on(&other).iter().all(|found| found.0 != Rule::Iban), "{other}");
        }
    }
}

/// People paste the registry's own examples too; nothing but the words around can tell.
#[test]
fn published_examples_count_like_others() {
    finds("GB29 NWBK 6016 1331 9268 19", Rule::Iban, "GB29 NWBK 6016 1331 9268 19");
    finds("my IBAN: NL91ABNA0417164300", Rule::Iban, "NL91ABNA0417164300");
}

#[test]
fn samples_are_only_possible() {
    assert_eq!(only("for example DE03 8807 2902 2279 1805 88").level, Level::Possible);
    assert_eq!(only("```\nDE03 8807 2902 2279 1805 88\n```").level, Level::Possible);
}

#[test]
fn disguised_accounts_are_found() {
    let wide: String = "DE03 8807 2902 2279 1805 88"
        .chars()
        .map(|ch| if ch == ' ' { '\u{3000}' } else { char::from_u32(u32::from(ch) + 0xFEE0).unwrap() })
        .collect();
    finds(&wide, Rule::Iban, &wide);
    for value in [
        "DE03**8807 2902 2279 1805 88",
        "<b>DE03</b> 8807 2902 2279 1805 88",
        "NL88 E\u{200B}HXG 0805 1697 84",
        "GВ67 OFFI 7045 5853 0435 20",
    ] {
        let found = acted_on(value);
        assert_eq!(found.iter().map(|found| found.0).collect::<Vec<_>>(), [Rule::Iban], "{value}");
    }
    finds("IBANDE03880729022279180588", Rule::Iban, "DE03880729022279180588");
    finds("我的账号DE03 8807 2902 2279 1805 88谢谢", Rule::Iban, "DE03 8807 2902 2279 1805 88");
}

#[test]
fn other_codes_are_no_accounts() {
    for text in [
        "xDE03880729022279180588",
        "DE038807290222791805881",
        "DE03880729022279180588_a",
        "QX03880729022279180588",
        "de305d54-75b4-431b-adb2-eb6b9e546014",
        "sha256 de89fe01ad8b0c44053201300099aabbccddeeff0011223344556677889900aa",
        "GB 2024 0101 1234",
        "AT61 AT62 AT63",
    ] {
        ignores(text);
    }
}

#[test]
fn an_account_is_none_of_the_numbers_inside_it() {
    for value in EVERY {
        for before in ["", "card ", "ssn ", "call "] {
            let text = format!("{before}{value}");
            assert_eq!(only(&text).rule, Rule::Iban, "{text}");
            assert_eq!(&text[only(&text).start..], *value);
        }
    }
}

#[test]
fn a_routing_number_needs_its_account_and_both_their_words() {
    for text in [
        "routing 021000021 account 123456789",
        "ABA: 121000358, acct # 000123456789",
        "account number 4455667788, routing number 026009593",
        "my checking account is 12345678 (rtn 021000021)",
    ] {
        let found = scan(text);
        assert_eq!(found.len(), 2, "{text}: {found:?}");
        assert!(
            found.iter().all(|one| (one.rule, one.why, one.level) == (Rule::Iban, Why::AccountRouted, Level::Certain))
        );
    }
    let text = "routing 021000021 account 123456789";
    assert_eq!(acted_on(text).iter().map(|found| found.2).collect::<Vec<_>>(), ["021000021", "123456789"]);
    for text in [
        "routing number 021000021",
        "account 123456789",
        "routing 021000022 account 123456789",
        "routing 991000027 account 123456789",
        "021000021 123456789",
        "routing 000000000 account 123456789",
    ] {
        ignores(text);
    }
}
