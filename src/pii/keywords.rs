//! The words that say what a number or an address is, in some twenty languages. Limit: data only.
//! Source: translations of card, e-mail and Social Security vocabulary by hand; the English core is that of public
//! detectors' documentation (Google Sensitive Data Protection hotwords, Microsoft Purview keyword lists).

/// Words for a payment card.
pub(super) const CARD: u16 = 1;
/// Words that stand beside a card number: check value, expiry.
pub(super) const CARD_DETAIL: u16 = 1 << 1;
/// Words for a Social Security number.
pub(super) const SSN: u16 = 1 << 2;
/// Words for a taxpayer number.
pub(super) const TAX: u16 = 1 << 3;
/// Words for e-mail.
pub(super) const MAIL: u16 = 1 << 4;
/// Words for numbers that are neither.
pub(super) const OTHER: u16 = 1 << 5;
/// Words for numbers and codes of any kind.
pub(super) const NUMBER: u16 = 1 << 8;
/// Words that announce an example.
pub(super) const TRIAL: u16 = 1 << 6;
/// Words for an account at a bank.
pub(super) const BANK: u16 = 1 << 15;
/// Words for a routing number of the United States.
pub(super) const ROUTING: u16 = 1 << 14;
/// Words for the account number beside it.
pub(super) const ACCOUNT: u16 = 1 << 13;
/// Words for a computer's address.
pub(super) const NET: u16 = 1 << 12;
/// Words for a version.
pub(super) const RELEASE: u16 = 1 << 11;
/// Words for a telephone.
pub(super) const PHONE: u16 = 1 << 7;

/// Per class its words, separated by `|`; a star lets the word go on. All folded: lower case, `-` for any dash.
pub(super) const LISTS: &[(u16, &str)] = &[
    (
        CARD,
        "card | cards | cardnumber | card_number | card no | cardno | creditcard* | cc | ccn | cc# | pan | visa | mastercard | master card | amex \
        | american express | discover | diners | jcb | unionpay | maestro | rupay | debit | credit | pay | payment | paid with \
        | tarjeta* | crédito | credito | débito | cartão | cartao | cartões | carte | cartes | bancaire | cb \
        | karte | karten* | kartennummer | kreditkart* | bankkart* | girokart* | buch es | abbuch* | carta | carte di | addebit* | cóbra* | cobra* | charge | charged | kaart* | bankkaart* | pinpas \
        | karta | karty | kartę | karcie | kartą | kart* | kredi kart* | kort | kortet | kortnummer* | kortnr \
        | kreditkort* | företagskort* | betalkort* | bankkort* | luottokort* | kortti* | karton* | kártya* | bankkártya* | číslo karty | kartu \
        | карт* | банковск* | κάρτα* | кредитк* | thẻ | số thẻ \
        | カード | クレジット | クレカ | 卡号 | 卡號 | 信用卡 | 银行卡 | 銀行卡 | 储蓄卡 | 借记卡 | 张卡 | 的卡 | 刷卡 | 카드 | 신용카드 \
        | بطاق | فيزا | ماستركارد | کارت | कार्ड | क्रेडिट | บัตร | כרטיס | אשראי | কার্ড",
    ),
    (
        CARD_DETAIL,
        "cvv | cvv2 | cvc | cvc2 | cvn | cid | security code | exp | exp. | expiry | expires | expiring | expiration | valid thru \
        | valid until | good thru | caducidad | vence | vencimiento | validade | prüfziffer | gültig bis | ablaufdatum | scadenza \
        | vervaldatum | срок | действ* | годна | 有效期 | 有効期限 | 安全码 | 유효기간 | セキュリティコード | date d'expiration | expire \
        | son kullanma | ważna do | ważność",
    ),
    (
        SSN,
        "ssn | ssn# | ssns | ssnum | s.s.n. | s.s.n | s. s. n. | s s n | ss# | ss # | ss no | ss number | ss num | social | socials | social security | social security card | ss card \
        | social sec | soc sec | socsec | social insurance | w-4 | w4 | w-2 | w2 | w-9 | i-9 | fafsa | medicare | medicaid \
        | seguro social | seguridad social | número social | segurança social | seguranca social | sécurité sociale | securite sociale \
        | numéro de sécu | sozialversicherung* | previdenza sociale | sicurezza sociale | sofi* nummer | ubezpieczen* społeczn* \
        | социальн* | соцстрах* | страхов* | sosyal güvenlik | personnummer | xã hội | an sinh \
        | 社安 | 社会安全 | 社會安全 | 社会保障 | 社保号 | ソーシャルセキュリティ | 社会保障番号 | 사회보장 | 소셜 번호 | 소셜넘버 | 소셜시큐리티 | 소셜 시큐리티 \
        | الضمان الاجتماعي | الضمان | सोशल सिक्योरिटी | सामाजिक सुरक्षा | ביטוח לאומי | ประกันสังคม",
    ),
    (
        TAX,
        "itin | tin | tax id | taxid | tax identification | taxpayer* | tax number | tax payer* | individual taxpayer | identificación fiscal \
        | steuernummer* | steuer-id | numéro fiscal | codice fiscale | 税号 | 稅號 | 納税者番号 | 납세자",
    ),
    (
        MAIL,
        "email | emails | e-mail | e-mails | mail | mails | mailto | emailed | emailing | email-id | inbox | e mail | gmail | write me | write to | drop me a line \
        | correo* | e-mailadres* | emailadres* | mailadres* | e-mail-adres* | emailadress* | courriel | mél | adresse mail | posta | e-posta* | eposta* | mejl* | maila | maili* \
        | e-post | epost | sähköposti* | почт* | мейл* | мыло | имейл* | емейл* | пошт* | ηλ. ταχ* | email'* | thư | surel \
        | メール | アドレス | メアド | 邮箱 | 郵箱 | 邮件 | 郵件 | 信箱 | 이메일 | 메일 | 멜 | بريد | ايميل | إيميل | ایمیل \
        | ईमेल | मेल | อีเมล | מייל | דוא\"ל | ইমেইল",
    ),
    (
        OTHER,
        "order | orders | bug | issue | issues | tracking | track | tracked | shipment | parcel | package | imei | imsi | iccid | sim | esim | ean | ean-13 | gtin | isbn | issn | upc | barcode \
        | serial | s/n | sn | invoice | ticket | tickets | ref | reference | case | timestamp | epoch | uuid | guid | hash | id | ids | part | part no | sku | asin | vin \
        | nsn | ndc | cas | zip | meid | eid | device id | social media | social network* | uid | channel | guild | thread | tweet | msg | chassis | pid | offset | sim card | sd card | memory card | graphics card | video card | build | commit | checksum | file size | bytes | waybill | awb | voucher | coupon | gift card | loyalty | library card \
        | membership | member no | flight | booking | pnr | lot | batch | model | doi | oclc | orcid | account no | snowflake | bestellnummer | bestellung | sendungs* | rechnung* \
        | auftrag* | seriennummer | pedido* | rastreo* | envío | factura* | rastreio | encomenda | commande | suivi | colis | facture | ordine | spedizione | fattura \
        | bestelling | zending | factuur | zamówien* | przesyłk* | faktura* | заказ* | накладн* | трек* | посылк* | sipariş* | kargo* | beställning* | ordernummer \
        | 订单* | 訂單 | 单号 | 快递 | 运单 | 注文 | 追跡 | 伝票 | 주문 | 송장 | 운송장 | طلب | الشحنة | ऑर्डर | הזמנה \
        | label | barcodes | receipt | consignment | meter | reading | policy | contract | reservation | registration | incident | docket \
        | inventory | seguimiento | lote | expediente | contador | reserva* | albarán | incidencia \
        | dossier | compteur | réservation* | bordereau | série | zählerstand | strichcode | aktenzeichen \
        | vorgang* | buchungs* | vertrags* | lieferschein* | prenotazione | contatore | lotto | pratica | biglietto \
        | fatura* | processo | chamado | medidor | protocolo | partij* | dossier* | meterstand | boeking* | klantnummer \
        | seryjn* | kreskow* | zgłosze* | licznik* | rezerwac* | faktur* | bilet* | streckkod* | ärende* | mätarställning* | bokning* \
        | seri no* | barkod* | parti* | dosya* | rezervasyon* | sayaç* | takip* | серийн* | серійн* | штрих* | парти* | парті* | заявк* | показани* \
        | показник* | счётчик* | лічильник* | брон* | замовлен* | квит* | рахун* | vận đơn | đơn hàng | đặt chỗ | hồ sơ | sê-ri | hóa đơn | công tơ \
        | 序列号 | 批号 | 条形码 | 条码 | 发票 | 预订 | 预定 | 电表 | 读数 | 工单 | 编号 | 物流 | シリアル | バーコード | 予約 | 請求書 | ロット | 検針 | 受付 | 会員番号 \
        | 일련번호 | 바코드 | 예약 | 청구서 | 로트 | 검침 | 접수 | 사건 | 티켓 | التذكرة | الفاتورة | الحجز | الباركود | التسلسلي | العداد | الدفعة | الملف | تتبع \
        | ट्रैकिंग | बुकिंग | बारकोड | सीरियल | मीटर | फ़ाइल | बैच | टिकट",
    ),
    (
        TRIAL,
        "test | tests | testing | sample | dummy | example | examples | placeholder | regex | regexp | fake | mock | fixture | fixtures | invalid | lorem \
        | sandbox | ejemplo | exemplo | exemple | beispiel* | esempio | voorbeeld* | przykład* | пример* | тест* | örnek | テスト | サンプル \
        | 示例 | 例如 | 测试 | 예시 | 테스트",
    ),
    (
        BANK,
        "iban | ibans | bank | account | accounts | acct | bank account | transfer | wire | sepa | swift | bic | konto* | bankverbindung* | überweis* \
        | kontonummer* | rekening* | cuenta | compte | virement | conto | bonifico | conta | transferência | rachun* | przelew* | konta | účet* \
        | hesap* | havale | счет* | счёт* | рахун* | λογαριασμ* | tili* | tilille | számla* | cont | nalog* | 账户 | 账号 | 帳戶 | 口座 | 振込 | 계좌 | حساب | آیبان | آيبان | ايبان",
    ),
    (
        NUMBER,
        "number | numbers | no. | nr | code | codes | numéro* | número* | numero* | código* | codice | nummer* | kod | kode | numer | numeru | numarası | номер* | код \
        | số | mã | 号 | 号码 | 號碼 | 番号 | 번호 | رقم | رمز | नंबर | कोड",
    ),
    (ROUTING, "routing | routing number | rtn | aba | aba# | transit number | ach | wire | direct deposit"),
    (ACCOUNT, "account | acct | acct. | acct# | a/c | checking | savings | acc | account no | account number"),
    (
        NET,
        "ip | ips | ipv4 | ipv6 | ip-adres* | address | server | servers | host | hosted | hosts | ban | banned | block | blocked | ping | traceroute | gateway \
        | router | vps | dns | adresse* | indirizzo | dirección | endereço | serv* | адрес* | сервер* | アドレス | サーバ | 地址 | 服务器 | 주소 | 서버 | عنوان",
    ),
    (
        RELEASE,
        "version* | ver | ver. | v | release* | build | builds | firmware* | driver* | kernel | update | updated | upgrade* | upgraded | oid | section* | sec. | chapter | § | rfc \
        | clause | paragraph | patch | software | app | versión | versão | versione | versie | wersja | версия* | верси* | релиз* | バージョン | 版本 | 버전 | abschnitt | kapitel | toolchain",
    ),
    (
        PHONE,
        "phone | phones | phoned | tel | tel. | telephone | call | calls | called | calling | call me | text me | text us | text or call | texting | fax | mobile | mob \
        | cell | cellphone | whatsapp | whats app | wa.me | viber | sms | hotline | landline | ring me | dial | dialled | imessage | facetime | contact number \
        | telefon* | teléfono* | tfno | tlf* | llama* | llámame | telefone* | ligue | ligar | me liga | zap | téléphone* | tél | appelle* | appelez* | joindre \
        | handy | handynummer* | anruf* | ruf | rufen | mobil* | rückruf* | móvil | celular* | cel | portable | chiama* | chiamami | cellulare | cell. | bel | bellen \
        | gsm | ring | ringa | puhelin* | soita | zadzwoń | dzwoń | tel.: | komórk* | kom. | zavolej* | volej | hívj* | hívás | sună | sunați | arayın | cep | cebim* | τηλ | τηλέφων* | κινητό \
        | тел | телефон* | звон* | позвон* | набер* | моб | вотсап | ватсап | дзвон* | gọi | sđt | di động | số điện thoại | hubungi | telpon* | telepon* \
        | 电话 | 電話 | 手机 | 手機 | 打给 | 致电 | 拨打 | 联系方式 | 携帯 | 携帯番号 | でんわ | 전화 | 휴대폰 | 핸드폰 | 연락처 | 번호로 | هاتف | جوال | موبايل | اتصل | واتساب | تلفن | موبایل \
        | फोन | फ़ोन | मोबाइल | कॉल | व्हाट्सएप | โทร | เบอร์ | טלפון | נייד | ফোন | মোবাইল",
    ),
];
