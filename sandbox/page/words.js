// The page's own words in both languages; what people and the bot say never passes through here.

const WORDS = {
  id: {
    title: "Telegram lokal",
    skip: "Langsung ke obrolan",
    people: "Orang-orang",
    clockStrip: "Jam simulasi",
   
    minute: "+1 menit", hour: "+1 jam", morning: "Besok 09.00",
    freeze: "Bekukan jam", thaw: "Jalankan jam",
    zone: "Zona waktu", upcoming: "Berikutnya", moves: "Geser waktu",
    network: "Jaringan", networkTitle: "Ganggu jaringan",
    faultWho: "Untuk siapa", everyone: "Semua orang",
    cutAfter: "Hilangkan jawaban berikutnya", cutAfterNote: "Pesan sampai, tetapi bot tidak diberi tahu",
    cutBefore: "Putus sebelum terkirim", cutBeforeNote: "Permintaan berikutnya tidak sampai",
    slow: "Jaringan lambat (3 detik)", slowNote: "Sampai dimatikan lagi",
    flaky: "Sering putus", flakyNote: "Satu dari tiga jawaban hilang, sampai dimatikan lagi",
    tooMany: "Terlalu banyak permintaan", tooManyNote: "429, tunggu 5 detik",
    broken: "Server rusak", brokenNote: "500 untuk permintaan berikutnya",
    again: "Kirim ulang pembaruan terakhir", againNote: "Nomor yang sama, sekali lagi",
    calm: "Pulihkan jaringan", faultSet: "Gangguan dipasang", faultsClear: "Jaringan pulih",
    againSent: "Pembaruan {n} dikirim ulang",
    prospect: "Prospek baru", prospectTitle: "Prospek baru membuka tautan",
    prospectName: "Nama", prospectLink: "Tautan t.me atau kode (boleh kosong)",
    prospectMake: "Buka di ponsel baru", prospectCaption: "Prospek", prospectNote: "Baru pertama kali membuka bot ini",
    linkForeign: "Tautan ini bukan milik bot di sini",
    theme: "Ganti terang atau gelap", language: "Switch to English", languageShort: "EN",
    lost: "Sambungan ke Telegram lokal terputus, mencoba lagi…",
    bot: "bot", typing: "mengetik", sendingPhoto: "mengirim foto", sendingFile: "mengirim berkas",
    message: "Pesan", send: "Kirim", attach: "Lampirkan", menu: "Menu", more: "Pilihan lain",
    commands: "Perintah bot", showKeys: "Tampilkan tombol", hideKeys: "Sembunyikan tombol", keys: "Tombol balasan",
    messageKeys: "Tombol pesan",
    photo: "Foto", document: "Berkas", contact: "Kontak saya", contactCard: "Kontak", location: "Lokasi", sticker: "Stiker",
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
    linkProspect: "Buka sebagai prospek baru", shareLinkTitle: "Bagikan lewat Telegram",
    unsupported: "Pesan jenis ini tidak ditampilkan",
    notHere: "Tombol jenis ini belum bisa dipakai di sini", photoAlt: "Foto", showPhoto: "Perbesar foto",
    captionField: "Keterangan foto",
    sendPhoto: "Kirim foto", sendAlbum: "Kirim {count} foto", failed: "Belum terkirim: {why}", spoiler: "Ketuk untuk melihat", votes: "Jajak pendapat",
    fromBot: "{name} menulis:", fromYou: "Anda menulis:",
  },
  en: {
    title: "Local Telegram",
    skip: "Skip to the chats",
    people: "People",
    clockStrip: "Simulated clock",
   
    minute: "+1 minute", hour: "+1 hour", morning: "Tomorrow 09:00",
    freeze: "Freeze the clock", thaw: "Let the clock run",
    zone: "Time zone", upcoming: "Coming up", moves: "Move time",
    network: "Network", networkTitle: "Disturb the network",
    faultWho: "For whom", everyone: "Everyone",
    cutAfter: "Lose the next answer", cutAfterNote: "The message arrives, the bot is not told",
    cutBefore: "Cut before sending", cutBeforeNote: "The next request never arrives",
    slow: "Slow network (3 seconds)", slowNote: "Until switched off",
    flaky: "Unreliable network", flakyNote: "One answer in three is lost, until switched off",
    tooMany: "Too many requests", tooManyNote: "429, wait 5 seconds",
    broken: "Broken server", brokenNote: "500 for the next request",
    again: "Send the last update again", againNote: "The same number, once more",
    calm: "Mend the network", faultSet: "Disturbance is set", faultsClear: "The network is well again",
    againSent: "Update {n} sent again",
    prospect: "New prospect", prospectTitle: "A new prospect opens a link",
    prospectName: "Name", prospectLink: "t.me link or code (may be empty)",
    prospectMake: "Open on a new phone", prospectCaption: "Prospect", prospectNote: "Opens this bot for the first time",
    linkForeign: "This link is not for the bot in here",
    theme: "Switch between light and dark", language: "Ganti ke bahasa Indonesia", languageShort: "ID",
    lost: "Lost the connection to the local Telegram, trying again…",
    bot: "bot", typing: "typing", sendingPhoto: "sending a photo", sendingFile: "sending a file",
    message: "Message", send: "Send", attach: "Attach", menu: "Menu", more: "More options",
    commands: "Bot commands", showKeys: "Show the buttons", hideKeys: "Hide the buttons", keys: "Reply buttons",
    messageKeys: "Message buttons",
    photo: "Photo", document: "File", contact: "My contact", contactCard: "Contact", location: "Location",
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
    linkTitle: "Open link?", linkBody: "Other pages are not opened in here.", linkCopy: "Copy the link",
    linkProspect: "Open as a new prospect", shareLinkTitle: "Share through Telegram",
    unsupported: "Messages of this kind are not shown",
    notHere: "Buttons of this kind do not work in here", photoAlt: "Photo", showPhoto: "Enlarge the photo",
    captionField: "Caption",
    sendPhoto: "Send the photo", sendAlbum: "Send {count} photos", failed: "Not sent: {why}", spoiler: "Tap to reveal", votes: "Poll",
    fromBot: "{name} wrote:", fromYou: "You wrote:",
  },
};

let language = "id";

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
