// The page's own words in both languages; what people and the bot say never passes through here.

const WORDS = {
  id: {
    title: "Demo, Telegram lokal", titleNote: "Demo di Telegram lokal: tidak ada yang keluar dari komputer ini",
    guide: "Yang bisa dicoba", guideClose: "Tutup panduan", stepDone: "selesai", stepOf: "Langkah {n}", stepFinished: "Langkah {n} selesai: {title}",
    peopleSpeak: "Orang di ponsel masih berbahasa Inggris.", peopleSwitch: "Ganti ke Indonesia", peopleSwitched: "Orang di ponsel sekarang berbahasa Indonesia",
    reply: "Balas", replying: "Membalas", forward: "Teruskan", forwardHere: "Ke bot ini", forwardFrom: "Lewat ponsel {name}",
    forwardedFrom: "Diteruskan dari {name}", sendVoice: "Kirim pesan suara", tryAgain: "Coba lagi",
    failedOffline: "demo tidak menjawab. Apakah make demo masih berjalan?", failedGone: "pesan atau tombol itu sudah tidak ada.",
    failedBlocked: "bot sedang diblokir di ponsel ini.", failedTooBig: "berkasnya terlalu besar.", failedOtherwise: "{why}",
    skip: "Langsung ke obrolan",
    people: "Pengguna",
    clockStrip: "Jam simulasi",
    minute: "+1 menit", hour: "+1 jam", morning: "Besok 09.00",
    freeze: "Bekukan jam", thaw: "Lanjutkan jam",
    zone: "Zona waktu", upcoming: "Berikutnya", moves: "Geser waktu",
    network: "Jaringan", networkTitle: "Simulasi gangguan jaringan",
    faultWho: "Untuk siapa", everyone: "Semua orang",
    cutAfter: "Hilangkan jawaban berikutnya", cutAfterNote: "Pesan sampai, tetapi bot tidak diberi tahu",
    cutBefore: "Putus sebelum terkirim", cutBeforeNote: "Permintaan berikutnya tidak sampai",
    slow: "Jaringan lambat (3 detik)", slowNote: "Sampai dimatikan lagi",
    flaky: "Sering putus", flakyNote: "Satu dari tiga jawaban hilang, sampai dimatikan lagi",
    tooMany: "Terlalu banyak permintaan", tooManyNote: "429, tunggu 5 detik",
    broken: "Server rusak", brokenNote: "500 untuk permintaan berikutnya",
    again: "Kirim ulang pesan terakhir ke bot", againNote: "Nomor yang sama, sekali lagi",
    calm: "Pulihkan jaringan", faultSet: "Gangguan diaktifkan", faultsClear: "Jaringan pulih",
    againSent: "Pesan nomor {n} dikirim ulang",
    prospect: "Calon mitra baru", prospectTitle: "Calon mitra baru membuka tautan",
    prospectName: "Nama", prospectLink: "Tautan t.me atau kode (boleh kosong)",
    prospectMake: "Buka di ponsel baru", prospectCaption: "Calon mitra", prospectNote: "Pertama kali membuka bot ini",
    prospectLanguage: "Bahasa",
    linkForeign: "Tautan ini bukan milik bot di sini",
    theme: "Ganti terang atau gelap", language: "Switch to English", languageShort: "EN",
    lost: "Sambungan ke Telegram lokal terputus, mencoba lagi…",
    bot: "bot", typing: "mengetik", sendingPhoto: "mengirim foto", sendingFile: "mengirim berkas",
    message: "Pesan", send: "Kirim", attach: "Lampirkan", menu: "Menu", more: "Pilihan lain",
    commands: "Perintah bot", showKeys: "Tampilkan tombol", hideKeys: "Sembunyikan tombol", keys: "Tombol balasan",
    messageKeys: "Tombol pesan",
    photo: "Foto (satu atau beberapa)", album: "Album contoh, 3 foto", document: "Berkas", contact: "Kontak saya", contactCard: "Kontak", location: "Lokasi", sticker: "Stiker",
    voice: "Pesan suara", video: "Video", poll: "Jajak pendapat",
    start: "MULAI", restart: "MULAI ULANG BOT", block: "Blokir bot", unblock: "Buka blokir",
    blockedNow: "Bot diblokir", sayStart: "Kirim /start", about: "Apa yang bisa dilakukan bot ini?",
    emptyChat: "Belum ada pesan di sini…", opensLink: "Menerima tautan ini:", openLink: "Buka tautan",
    down: "Ke pesan terbaru", unread: "belum dibaca", chatWith: "Ponsel {name}", log: "Obrolan dengan {name}",
    today: "Hari ini", yesterday: "Kemarin", edited: "diedit", edit: "Edit", editing: "Mengedit pesan",
    options: "Pilihan untuk pesan ini", copyText: "Salin teks",
    sent: "Terkirim", read: "Dibaca",
    copied: "Tersalin", copyFailed: "Belum bisa menyalin: {text}",
    ok: "OK", cancel: "Batal", close: "Tutup", shareTitle: "Bagikan nomor telepon?",
    shareBody: "Bot {bot} akan mengetahui nomor Anda {phone}.", shareYes: "Bagikan kontak",
    linkTitle: "Buka tautan?", linkBody: "Di sini halaman lain tidak dibuka.", linkCopy: "Salin tautan",
    linkProspect: "Buka sebagai calon mitra baru", shareLinkTitle: "Bagikan lewat Telegram",
    unsupported: "Pesan jenis ini tidak ditampilkan",
    notHere: "Tombol jenis ini belum bisa dipakai di sini", photoAlt: "Foto", showPhoto: "Perbesar foto",
    captionField: "Keterangan foto",
    sendPhoto: "Kirim foto", sendAlbum: "Kirim {count} foto", failed: "Belum terkirim: {why}", spoiler: "Tekan untuk melihat", votes: "Jajak pendapat",
    fromBot: "{name} menulis:", fromYou: "Anda menulis:",
  },
  en: {
    title: "Demo, local Telegram", titleNote: "A demo on a local Telegram: nothing leaves this machine",
    guide: "What to try", guideClose: "Close the guide", stepDone: "done", stepOf: "Step {n}", stepFinished: "Step {n} done: {title}",
    peopleSpeak: "The people on the phones still speak Indonesian.", peopleSwitch: "Switch them to English", peopleSwitched: "The people on the phones now speak English",
    reply: "Reply", replying: "Replying", forward: "Forward", forwardHere: "To this bot", forwardFrom: "From {name}'s phone",
    forwardedFrom: "Forwarded from {name}", sendVoice: "Send a voice message", tryAgain: "Try again",
    failedOffline: "the demo does not answer. Is make demo still running?", failedGone: "that message or button is gone.",
    failedBlocked: "the bot is blocked on this phone.", failedTooBig: "the file is too large.", failedOtherwise: "{why}",
    skip: "Skip to the chats",
    people: "People",
    clockStrip: "Simulated clock",
    minute: "+1 minute", hour: "+1 hour", morning: "Tomorrow 09:00",
    freeze: "Freeze the clock", thaw: "Let the clock run",
    zone: "Time zone", upcoming: "Coming up", moves: "Move time",
    network: "Network", networkTitle: "Simulate network faults",
    faultWho: "For whom", everyone: "Everyone",
    cutAfter: "Lose the next answer", cutAfterNote: "The message arrives, the bot is not told",
    cutBefore: "Cut before sending", cutBeforeNote: "The next request never arrives",
    slow: "Slow network (3 seconds)", slowNote: "Until switched off",
    flaky: "Unreliable network", flakyNote: "One answer in three is lost, until switched off",
    tooMany: "Too many requests", tooManyNote: "429, wait 5 seconds",
    broken: "Broken server", brokenNote: "500 for the next request",
    again: "Send the last message to the bot again", againNote: "The same number, once more",
    calm: "Restore the network", faultSet: "Fault switched on", faultsClear: "Network restored",
    againSent: "Message number {n} sent again",
    prospect: "New person", prospectTitle: "A new person opens a link",
    prospectName: "Name", prospectLink: "t.me link or code (may be empty)",
    prospectMake: "Open on a new phone", prospectCaption: "Newcomer", prospectNote: "Opens this bot for the first time",
    prospectLanguage: "Language",
    linkForeign: "This link belongs to another bot",
    theme: "Switch between light and dark", language: "Ganti ke bahasa Indonesia", languageShort: "ID",
    lost: "Lost the connection to the local Telegram, trying again…",
    bot: "bot", typing: "typing", sendingPhoto: "sending a photo", sendingFile: "sending a file",
    message: "Message", send: "Send", attach: "Attach", menu: "Menu", more: "More options",
    commands: "Bot commands", showKeys: "Show the buttons", hideKeys: "Hide the buttons", keys: "Reply buttons",
    messageKeys: "Message buttons",
    photo: "Photo (one or several)", album: "Sample album, 3 photos", document: "File", contact: "My contact", contactCard: "Contact", location: "Location",
    sticker: "Sticker",
    voice: "Voice message", video: "Video", poll: "Poll",
    start: "START", restart: "RESTART BOT", block: "Block the bot", unblock: "Unblock",
    blockedNow: "The bot is blocked", sayStart: "Send /start", about: "What can this bot do?",
    emptyChat: "No messages here yet…", opensLink: "Was sent this link:", openLink: "Open the link",
    down: "To the newest message", unread: "unread", chatWith: "Phone of {name}", log: "Chat with {name}",
    today: "Today", yesterday: "Yesterday", edited: "edited", edit: "Edit", editing: "Editing a message",
    options: "Options for this message", copyText: "Copy text",
    sent: "Sent", read: "Read",
    copied: "Copied", copyFailed: "Could not copy: {text}",
    ok: "OK", cancel: "Cancel", close: "Close", shareTitle: "Share your phone number?",
    shareBody: "The bot {bot} will know your number {phone}.", shareYes: "Share contact",
    linkTitle: "Open link?", linkBody: "Outside pages don't open here.", linkCopy: "Copy the link",
    linkProspect: "Open as a new person", shareLinkTitle: "Share through Telegram",
    unsupported: "Messages of this kind are not shown",
    notHere: "Buttons of this kind don't work here", photoAlt: "Photo", showPhoto: "Enlarge the photo",
    captionField: "Caption",
    sendPhoto: "Send the photo", sendAlbum: "Send {count} photos", failed: "Not sent: {why}", spoiler: "Tap to reveal", votes: "Poll",
    fromBot: "{name} wrote:", fromYou: "You wrote:",
  },
};

let language = "id";

/** A word of the page in all its languages, as `spoken` takes it. */
export function inEach(key) {
  return Object.fromEntries(Object.entries(WORDS).map(([code, words]) => [code, words[key]]));
}

/** A text that others gave for the page: one for all languages, or one for each. */
export function spoken(text) {
  return typeof text === "object" && text !== null ? text[language] ?? text.id ?? "" : text ?? "";
}

/** The word for `key` in the language of now, with `{name}` places filled. */
export function word(key, places = {}) {
  const text = WORDS[language][key] ?? key;
  return text.replace(/\{(\w+)\}/gu, (whole, name) => places[name] ?? whole);
}

/** Which language the page speaks: "id" or "en". */
export function currentLanguage() {
  return language;
}

/** Chooses the page's language; the caller then translates what is already on screen. */
export function speakLanguage(code) {
  language = code in WORDS ? code : "id";
  document.documentElement.lang = language;
}
