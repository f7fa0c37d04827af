BEGIN TRANSACTION;
CREATE TABLE accounts (
	id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	kind TEXT NOT NULL, 
	member_id INTEGER, 
	balance INTEGER DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_accounts PRIMARY KEY (id), 
	CONSTRAINT ck_accounts_kind CHECK (kind IN ('house', 'wallet', 'trade')), 
	CONSTRAINT fk_accounts_member_id FOREIGN KEY(member_id) REFERENCES members (id), 
	CONSTRAINT uq_accounts_name UNIQUE (name)
)
 STRICT

;
INSERT INTO "accounts" VALUES(1,'house:customers','house',NULL,0);
INSERT INTO "accounts" VALUES(2,'house:goods','house',NULL,0);
INSERT INTO "accounts" VALUES(3,'member:1:trade','trade',1,96000);
INSERT INTO "accounts" VALUES(4,'member:9:trade','trade',9,96000);
INSERT INTO "accounts" VALUES(5,'member:10:trade','trade',10,103000);
INSERT INTO "accounts" VALUES(6,'member:11:trade','trade',11,96000);
INSERT INTO "accounts" VALUES(7,'member:14:trade','trade',14,96000);
INSERT INTO "accounts" VALUES(8,'house:bonus','house',NULL,0);
INSERT INTO "accounts" VALUES(9,'member:1:wallet','wallet',1,88320);
CREATE TABLE admin_codes (
	digest TEXT NOT NULL, 
	expires_at INTEGER NOT NULL, 
	used_at INTEGER, 
	CONSTRAINT pk_admin_codes PRIMARY KEY (digest)
)
 STRICT

;
CREATE TABLE albums (
	chat_id INTEGER NOT NULL, 
	album TEXT NOT NULL, 
	at INTEGER NOT NULL, 
	taken INTEGER DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_albums PRIMARY KEY (chat_id, album)
)
 STRICT

;
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0010');
CREATE TABLE attachments (
	digest TEXT NOT NULL, 
	name TEXT NOT NULL, 
	body BLOB NOT NULL, 
	CONSTRAINT pk_attachments PRIMARY KEY (digest)
)
 STRICT

;
CREATE TABLE audit (
	id INTEGER NOT NULL, 
	at INTEGER NOT NULL, 
	actor INTEGER, 
	action TEXT NOT NULL, 
	object TEXT NOT NULL, 
	CONSTRAINT pk_audit PRIMARY KEY (id)
)
 STRICT

;
INSERT INTO "audit" VALUES(1,1791770460000000,5002,'sale approved','sale 1');
INSERT INTO "audit" VALUES(2,1791770460000000,5002,'sale approved','sale 2');
INSERT INTO "audit" VALUES(3,1791770460000000,5002,'sale approved','sale 3');
INSERT INTO "audit" VALUES(4,1791770460000000,5002,'sale approved','sale 4');
INSERT INTO "audit" VALUES(5,1791770460000000,5002,'sale approved','sale 5');
INSERT INTO "audit" VALUES(6,1795399200000000,NULL,'closing begun','period 2026-10');
INSERT INTO "audit" VALUES(7,1795399230000000,5001,'send broadcast','broadcast 1');
INSERT INTO "audit" VALUES(8,1795399405000000,5007,'price planned','product 2 from 2026-12-01: 20000/25000/3/20000 to 20000/26000/3/20000');
INSERT INTO "audit" VALUES(9,1795399585000000,NULL,'import members','added 1, changed 0');
INSERT INTO "audit" VALUES(10,1795399640000000,5008,'relink code made','member 22');
INSERT INTO "audit" VALUES(11,1795436950000000,5008,'sale approved','sale 8');
CREATE TABLE broadcasts (
	id INTEGER NOT NULL, 
	reference TEXT NOT NULL, 
	author_id INTEGER NOT NULL, 
	body TEXT NOT NULL, 
	file_id TEXT DEFAULT '' NOT NULL, 
	file_kind TEXT DEFAULT '' NOT NULL, 
	audience TEXT NOT NULL, 
	state TEXT NOT NULL, 
	starts_at INTEGER NOT NULL, 
	created_at INTEGER NOT NULL, 
	finished_at INTEGER, 
	filled_upto INTEGER DEFAULT '0' NOT NULL, 
	filled INTEGER DEFAULT '0' NOT NULL, 
	repeats INTEGER, 
	total INTEGER DEFAULT '0' NOT NULL, 
	sent INTEGER DEFAULT '0' NOT NULL, 
	blocked INTEGER DEFAULT '0' NOT NULL, 
	failed INTEGER DEFAULT '0' NOT NULL, 
	uncertain INTEGER DEFAULT '0' NOT NULL, 
	unsent INTEGER DEFAULT '0' NOT NULL, vouched_by INTEGER, 
	CONSTRAINT pk_broadcasts PRIMARY KEY (id), 
	CONSTRAINT ck_broadcasts_state CHECK (state IN ('running', 'paused', 'stopped', 'done')), 
	CONSTRAINT ck_broadcasts_file_kind CHECK (file_kind IN ('', 'photo', 'document')), 
	CONSTRAINT fk_broadcasts_repeats FOREIGN KEY(repeats) REFERENCES broadcasts (id), 
	CONSTRAINT uq_broadcasts_reference UNIQUE (reference)
)
 STRICT

;
INSERT INTO "broadcasts" VALUES(1,'7r6eb00000',5001,'Halo {sapaan} {nama}, sampai besok!','','','all','running',1795437900000000,1795399220000000,NULL,500,1,NULL,0,0,0,0,0,0,NULL);
CREATE TABLE consents (
	id INTEGER NOT NULL, 
	member_id INTEGER NOT NULL, 
	card TEXT NOT NULL, 
	version TEXT NOT NULL, 
	at INTEGER NOT NULL, 
	CONSTRAINT pk_consents PRIMARY KEY (id), 
	CONSTRAINT fk_consents_member_id FOREIGN KEY(member_id) REFERENCES members (id), 
	CONSTRAINT uq_consents_member_id_card_version UNIQUE (member_id, card, version)
)
 STRICT

;
CREATE TABLE credits (
	id INTEGER NOT NULL, 
	period TEXT NOT NULL, 
	member_id INTEGER NOT NULL, 
	rule TEXT NOT NULL, 
	source_id INTEGER NOT NULL, 
	level INTEGER NOT NULL, 
	base INTEGER NOT NULL, 
	rate_bp INTEGER NOT NULL, 
	amount INTEGER NOT NULL, cut TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT pk_credits PRIMARY KEY (id), 
	CONSTRAINT ck_credits_base CHECK (base > 0), 
	CONSTRAINT ck_credits_amount CHECK (amount > 0), 
	CONSTRAINT ck_credits_level CHECK (level >= 0), 
	CONSTRAINT fk_credits_period FOREIGN KEY(period) REFERENCES periods (period), 
	CONSTRAINT fk_credits_member_id FOREIGN KEY(member_id) REFERENCES members (id), 
	CONSTRAINT fk_credits_source_id FOREIGN KEY(source_id) REFERENCES members (id), 
	CONSTRAINT uq_credits_period_member_id_rule_source_id_level UNIQUE (period, member_id, rule, source_id, level)
)
 STRICT

;
INSERT INTO "credits" VALUES(1,'2026-10',1,'tim',9,1,384000,1000,38400,'');
INSERT INTO "credits" VALUES(2,'2026-10',9,'tim',10,1,384000,1000,38400,'');
INSERT INTO "credits" VALUES(3,'2026-10',1,'tim',10,2,384000,500,19200,'');
INSERT INTO "credits" VALUES(4,'2026-10',9,'tim',11,1,384000,1000,38400,'');
INSERT INTO "credits" VALUES(5,'2026-10',1,'tim',11,2,384000,500,19200,'');
INSERT INTO "credits" VALUES(6,'2026-10',10,'tim',14,1,384000,1000,38400,'');
INSERT INTO "credits" VALUES(7,'2026-10',9,'tim',14,2,384000,500,19200,'');
INSERT INTO "credits" VALUES(8,'2026-10',1,'tim',14,3,384000,300,11520,'');
CREATE TABLE cursors (
	bot_id INTEGER NOT NULL, 
	next_offset INTEGER NOT NULL, 
	CONSTRAINT pk_cursors PRIMARY KEY (bot_id)
)
 STRICT

;
INSERT INTO "cursors" VALUES(1,107);
CREATE TABLE customers (
	id INTEGER NOT NULL, 
	member_id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	name_key TEXT NOT NULL, 
	created_at INTEGER NOT NULL, 
	CONSTRAINT pk_customers PRIMARY KEY (id), 
	CONSTRAINT fk_customers_member_id FOREIGN KEY(member_id) REFERENCES members (id), 
	CONSTRAINT uq_customers_member_id_name_key UNIQUE (member_id, name_key)
)
 STRICT

;
INSERT INTO "customers" VALUES(1,1,'Bu Ani','ani',1791770410000000);
INSERT INTO "customers" VALUES(2,9,'Bu Ani','ani',1791770420000000);
INSERT INTO "customers" VALUES(3,10,'Bu Ani','ani',1791770430000000);
INSERT INTO "customers" VALUES(4,11,'Bu Ani','ani',1791770440000000);
INSERT INTO "customers" VALUES(5,14,'Bu Ani','ani',1791770450000000);
INSERT INTO "customers" VALUES(6,10,'Bu Rina','rina',1795399260000000);
CREATE TABLE deliveries (
	id INTEGER NOT NULL, 
	member_id INTEGER NOT NULL, 
	schedule TEXT NOT NULL, 
	slot TEXT NOT NULL, 
	state TEXT NOT NULL, 
	at INTEGER NOT NULL, 
	CONSTRAINT pk_deliveries PRIMARY KEY (id), 
	CONSTRAINT ck_deliveries_state CHECK (state IN ('queued', 'missed')), 
	CONSTRAINT fk_deliveries_member_id FOREIGN KEY(member_id) REFERENCES members (id), 
	CONSTRAINT uq_deliveries_schedule_slot_member_id UNIQUE (schedule, slot, member_id)
)
 STRICT

;
INSERT INTO "deliveries" VALUES(1,19,'a-quiet-while','2026-11-23','queued',1795437000000000);
CREATE TABLE estimates (
	period TEXT NOT NULL, 
	member_id INTEGER NOT NULL, 
	rule TEXT NOT NULL, 
	level INTEGER NOT NULL, 
	rate_bp INTEGER NOT NULL, 
	sources INTEGER NOT NULL, 
	base INTEGER NOT NULL, 
	amount INTEGER NOT NULL, 
	CONSTRAINT pk_estimates PRIMARY KEY (period, member_id, rule, level, rate_bp), 
	CONSTRAINT fk_estimates_member_id FOREIGN KEY(member_id) REFERENCES members (id)
)
 STRICT

;
CREATE TABLE file_ids (
	digest TEXT NOT NULL, 
	bot_id INTEGER NOT NULL, 
	file_id TEXT NOT NULL, 
	CONSTRAINT pk_file_ids PRIMARY KEY (digest, bot_id), 
	CONSTRAINT fk_file_ids_digest FOREIGN KEY(digest) REFERENCES attachments (digest)
)
 STRICT

;
CREATE TABLE floods (
	chat_id INTEGER NOT NULL, 
	since INTEGER NOT NULL, 
	worked INTEGER DEFAULT '0' NOT NULL, 
	gap INTEGER DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_floods PRIMARY KEY (chat_id)
)
 STRICT

;
CREATE TABLE gates (
	scope TEXT NOT NULL, 
	until INTEGER NOT NULL, seconds INTEGER DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_gates PRIMARY KEY (scope)
)
 STRICT

;
CREATE TABLE import_months (
	import_id INTEGER NOT NULL, 
	member_id INTEGER NOT NULL, 
	period TEXT NOT NULL, 
	joined INTEGER NOT NULL, 
	CONSTRAINT pk_import_months PRIMARY KEY (import_id, member_id, period)
)
 STRICT

;
CREATE TABLE import_teams (
	import_id INTEGER NOT NULL, 
	member_id INTEGER NOT NULL, 
	sponsor_id INTEGER NOT NULL, 
	size INTEGER NOT NULL, 
	legs INTEGER NOT NULL, 
	CONSTRAINT pk_import_teams PRIMARY KEY (import_id, member_id)
)
 STRICT

;
CREATE TABLE imports (
	id INTEGER NOT NULL, 
	state TEXT NOT NULL, 
	began_at INTEGER NOT NULL, 
	touched_at INTEGER NOT NULL, 
	CONSTRAINT pk_imports PRIMARY KEY (id), 
	CONSTRAINT ck_imports_state CHECK (state IN ('open', 'done', 'lost'))
)
 STRICT

;
CREATE TABLE inbox (
	id INTEGER NOT NULL, 
	bot_id INTEGER NOT NULL, 
	update_id INTEGER NOT NULL, 
	lane TEXT NOT NULL, 
	body TEXT NOT NULL, 
	received_at INTEGER NOT NULL, 
	state TEXT DEFAULT 'new' NOT NULL, 
	attempts INTEGER DEFAULT '0' NOT NULL, 
	error TEXT, taken INTEGER, alone INTEGER DEFAULT '0' NOT NULL, ended INTEGER DEFAULT '0' NOT NULL, ended_alone INTEGER DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_inbox PRIMARY KEY (id), 
	CONSTRAINT ck_inbox_state CHECK (state IN ('new', 'done', 'dead')), 
	CONSTRAINT uq_inbox_bot_id_update_id UNIQUE (bot_id, update_id)
)
 STRICT

;
INSERT INTO "inbox" VALUES(1,1,1,'5001','{}',1791770405000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(2,1,2,'5001','{}',1791770410000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(3,1,3,'5009','{}',1791770415000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(4,1,4,'5009','{}',1791770420000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(5,1,5,'5010','{}',1791770425000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(6,1,6,'5010','{}',1791770430000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(7,1,7,'5011','{}',1791770435000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(8,1,8,'5011','{}',1791770440000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(9,1,9,'5014','{}',1791770445000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(10,1,10,'5014','{}',1791770450000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(11,1,11,'5002','{}',1791770455000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(12,1,12,'5002','{}',1791770460000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(13,1,13,'5001','{}',1795399205000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(14,1,14,'5001','{}',1795399210000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(15,1,15,'5001','{}',1795399215000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(16,1,16,'5001','{}',1795399220000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(17,1,17,'5001','{}',1795399225000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(18,1,18,'5001','{}',1795399230000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(19,1,19,'5009','{}',1795399235000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(20,1,20,'5009','{}',1795399240000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(21,1,21,'5009','{}',1795399245000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(22,1,22,'5009','{}',1795399250000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(23,1,23,'5010','{}',1795399255000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(24,1,24,'5010','{}',1795399260000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(25,1,25,'5011','{}',1795399265000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(26,1,26,'5011','{}',1795399270000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(27,1,27,'5011','{}',1795399275000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(28,1,28,'5010','{}',1795399280000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(29,1,29,'5010','{}',1795399285000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(30,1,30,'5020','{}',1795399290000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(31,1,31,'5020','{}',1795399295000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(32,1,32,'5020','{}',1795399300000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(33,1,33,'5021','{}',1795399305000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(34,1,34,'5021','{}',1795399310000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(35,1,35,'5001','{}',1795399315000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(36,1,36,'5001','{}',1795399320000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(37,1,37,'5002','{}',1795399325000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(38,1,38,'5002','{}',1795399330000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(39,1,39,'5002','{}',1795399335000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(40,1,40,'5003','{}',1795399340000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(41,1,41,'5003','{}',1795399345000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(42,1,42,'5003','{}',1795399350000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(43,1,43,'5004','{}',1795399355000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(44,1,44,'5004','{}',1795399360000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(45,1,45,'5005','{}',1795399365000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(46,1,46,'5006','{}',1795399370000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(47,1,47,'5007','{}',1795399375000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(48,1,48,'5007','{}',1795399380000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(49,1,49,'5007','{}',1795399385000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(50,1,50,'5007','{}',1795399390000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(51,1,51,'5007','{}',1795399395000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(52,1,52,'5007','{}',1795399400000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(53,1,53,'5007','{}',1795399405000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(54,1,54,'5007','{}',1795399410000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(55,1,55,'5008','{}',1795399415000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(56,1,56,'5012','{}',1795399420000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(57,1,57,'5012','{}',1795399425000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(58,1,58,'5012','{}',1795399430000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(59,1,59,'5012','{}',1795399435000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(60,1,60,'5012','{}',1795399440000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(61,1,61,'5013','{}',1795399445000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(62,1,62,'5013','{}',1795399450000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(63,1,63,'5014','{}',1795399455000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(64,1,64,'5015','{}',1795399460000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(65,1,65,'5016','{}',1795399465000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(66,1,66,'5016','{}',1795399470000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(67,1,67,'5017','{}',1795399475000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(68,1,68,'5018','{}',1795399480000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(69,1,69,'5019','{}',1795399485000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(70,1,70,'5023','{}',1795399490000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(71,1,71,'5023','{}',1795399495000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(72,1,72,'5023','{}',1795399500000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(73,1,73,'5023','{}',1795399505000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(74,1,74,'5024','{}',1795399510000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(75,1,75,'5024','{}',1795399515000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(76,1,76,'5024','{}',1795399520000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(77,1,77,'5024','{}',1795399525000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(78,1,78,'5024','{}',1795399530000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(79,1,79,'5024','{}',1795399535000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(80,1,80,'5024','{}',1795399540000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(81,1,81,'5024','{}',1795399545000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(82,1,82,'5024','{}',1795399550000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(83,1,83,'5024','{}',1795399555000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(84,1,84,'5024','{}',1795399560000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(85,1,85,'5024','{}',1795399565000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(86,1,86,'5024','{}',1795399570000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(87,1,87,'5025','{}',1795399575000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(88,1,88,'5025','{}',1795399580000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(89,1,89,'5025','{}',1795399585000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(90,1,90,'5026','{}',1795399590000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(91,1,91,'5026','{}',1795399595000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(92,1,92,'5026','{}',1795399600000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(93,1,93,'5026','{}',1795399605000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(94,1,94,'5026','{}',1795399610000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(95,1,95,'5026','{}',1795399615000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(96,1,96,'5026','{}',1795399620000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(97,1,97,'5026','{}',1795399625000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(98,1,98,'5026','{}',1795399630000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(99,1,99,'5008','{}',1795399635000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(100,1,100,'5008','{}',1795399640000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(101,1,101,'5027','{}',1795399645000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(102,1,102,'5008','{}',1795399650000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(103,1,103,'5008','{}',1795436945000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(104,1,104,'5008','{}',1795436950000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(105,1,105,'5008','{}',1795436955000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(106,1,106,'5018','{}',1795436960000000,'done',0,NULL,NULL,0,0,0);
INSERT INTO "inbox" VALUES(107,1,7700000,'chat 5017','{"update_id": 7700000, "message": {"message_id": 900, "date": 1795437000, "chat": {"id": 5017, "first_name": "Nina", "type": "private"}, "from": {"id": 5017, "first_name": "Nina", "is_bot": false}, "text": "/saldo", "entities": [{"type": "bot_command", "offset": 0, "length": 6}]}}',1795437000000000,'dead',5,'TypeError',NULL,0,0,0);
CREATE TABLE leads (
	id INTEGER NOT NULL, 
	reference TEXT NOT NULL, 
	user_id INTEGER NOT NULL, 
	name TEXT NOT NULL, 
	phone TEXT NOT NULL, 
	at INTEGER NOT NULL, 
	CONSTRAINT pk_leads PRIMARY KEY (id), 
	CONSTRAINT uq_leads_reference UNIQUE (reference)
)
 STRICT

;
CREATE TABLE marks (
	name TEXT NOT NULL, 
	value INTEGER NOT NULL, 
	CONSTRAINT pk_marks PRIMARY KEY (name)
)
 STRICT

;
CREATE TABLE member_words (
	word TEXT NOT NULL, 
	member_id INTEGER NOT NULL, 
	CONSTRAINT pk_member_words PRIMARY KEY (word, member_id), 
	CONSTRAINT fk_member_words_member_id FOREIGN KEY(member_id) REFERENCES members (id)
)
 STRICT

;
INSERT INTO "member_words" VALUES('budi',1);
INSERT INTO "member_words" VALUES('wijaya',1);
INSERT INTO "member_words" VALUES('wati',2);
INSERT INTO "member_words" VALUES('lestari',2);
INSERT INTO "member_words" VALUES('dian',3);
INSERT INTO "member_words" VALUES('permata',3);
INSERT INTO "member_words" VALUES('eka',4);
INSERT INTO "member_words" VALUES('saputra',4);
INSERT INTO "member_words" VALUES('fitri',5);
INSERT INTO "member_words" VALUES('handayani',5);
INSERT INTO "member_words" VALUES('gita',6);
INSERT INTO "member_words" VALUES('ayuni',6);
INSERT INTO "member_words" VALUES('hana',7);
INSERT INTO "member_words" VALUES('maharani',7);
INSERT INTO "member_words" VALUES('joko',8);
INSERT INTO "member_words" VALUES('susilo',8);
INSERT INTO "member_words" VALUES('sari',9);
INSERT INTO "member_words" VALUES('dewi',9);
INSERT INTO "member_words" VALUES('tuti',10);
INSERT INTO "member_words" VALUES('rahayu',10);
INSERT INTO "member_words" VALUES('rina',11);
INSERT INTO "member_words" VALUES('marlina',11);
INSERT INTO "member_words" VALUES('bayu',12);
INSERT INTO "member_words" VALUES('pratama',12);
INSERT INTO "member_words" VALUES('intan',13);
INSERT INTO "member_words" VALUES('sari',13);
INSERT INTO "member_words" VALUES('kiki',14);
INSERT INTO "member_words" VALUES('amalia',14);
INSERT INTO "member_words" VALUES('lina',15);
INSERT INTO "member_words" VALUES('puspita',15);
INSERT INTO "member_words" VALUES('mira',16);
INSERT INTO "member_words" VALUES('kartika',16);
INSERT INTO "member_words" VALUES('nina',17);
INSERT INTO "member_words" VALUES('safitri',17);
INSERT INTO "member_words" VALUES('oki',18);
INSERT INTO "member_words" VALUES('firmansyah',18);
INSERT INTO "member_words" VALUES('putri',19);
INSERT INTO "member_words" VALUES('melati',19);
INSERT INTO "member_words" VALUES('adam',20);
INSERT INTO "member_words" VALUES('smith',20);
INSERT INTO "member_words" VALUES('vina',21);
INSERT INTO "member_words" VALUES('anggraini',21);
INSERT INTO "member_words" VALUES('yanti',22);
INSERT INTO "member_words" VALUES('kusuma',22);
INSERT INTO "member_words" VALUES('tono',23);
INSERT INTO "member_words" VALUES('hidayat',23);
CREATE TABLE members (
	id INTEGER NOT NULL, 
	reference TEXT NOT NULL, 
	user_id INTEGER, 
	code TEXT NOT NULL, 
	sponsor_id INTEGER, 
	name TEXT NOT NULL, 
	title TEXT NOT NULL, 
	phone TEXT NOT NULL, 
	phone_verified INTEGER NOT NULL, 
	phone_shown INTEGER DEFAULT '0' NOT NULL, 
	province TEXT NOT NULL, 
	zone TEXT NOT NULL, 
	birth_year INTEGER NOT NULL, 
	joined_at INTEGER NOT NULL, 
	active INTEGER DEFAULT '1' NOT NULL, number TEXT, import_id INTEGER, 
	CONSTRAINT pk_members PRIMARY KEY (id), 
	CONSTRAINT ck_members_own_sponsor CHECK (sponsor_id <> id), 
	CONSTRAINT fk_members_sponsor_id FOREIGN KEY(sponsor_id) REFERENCES members (id), 
	CONSTRAINT uq_members_code UNIQUE (code), 
	CONSTRAINT uq_members_phone UNIQUE (phone), 
	CONSTRAINT uq_members_reference UNIQUE (reference), 
	CONSTRAINT uq_members_user_id UNIQUE (user_id)
)
 STRICT

;
INSERT INTO "members" VALUES(1,'given-Budi',5001,'015RJQ7Y',NULL,'Budi Wijaya','Ibu','+6281200005001',1,0,'dki-jakarta','Asia/Jakarta',1978,1791165600000000,1,NULL,NULL);
INSERT INTO "members" VALUES(2,'given-Wati',5002,'015RTEPR',1,'Wati Lestari','Ibu','+6281200005002',1,0,'dki-jakarta','Asia/Jakarta',1978,1791165600000000,1,NULL,NULL);
INSERT INTO "members" VALUES(3,'given-Dian',5003,'015S265G',1,'Dian Permata','Ibu','+6281200005003',1,0,'dki-jakarta','Asia/Jakarta',1978,1791165600000000,1,NULL,NULL);
INSERT INTO "members" VALUES(4,'given-Eka',5004,'015S9XM6',1,'Eka Saputra','Ibu','+6281200005004',1,0,'dki-jakarta','Asia/Jakarta',1978,1791165600000000,1,NULL,NULL);
INSERT INTO "members" VALUES(5,'given-Fitri',5005,'015SHN3P',1,'Fitri Handayani','Ibu','+6281200005005',1,0,'dki-jakarta','Asia/Jakarta',1978,1791165600000000,1,NULL,NULL);
INSERT INTO "members" VALUES(6,'given-Gita',5006,'015SSCJG',1,'Gita Ayuni','Ibu','+6281200005006',1,0,'dki-jakarta','Asia/Jakarta',1978,1791165600000000,1,NULL,NULL);
INSERT INTO "members" VALUES(7,'given-Hana',5007,'015T141X',1,'Hana Maharani','Ibu','+6281200005007',1,0,'dki-jakarta','Asia/Jakarta',1978,1791165600000000,1,NULL,NULL);
INSERT INTO "members" VALUES(8,'given-Joko',5008,'015T8VGB',1,'Joko Susilo','Ibu','+6281200005008',1,0,'dki-jakarta','Asia/Jakarta',1978,1791165600000000,1,NULL,NULL);
INSERT INTO "members" VALUES(9,'given-Sari',5009,'015TGJZA',1,'Sari Dewi','Ibu','+6281200005009',1,0,'dki-jakarta','Asia/Jakarta',1978,1791165600000000,1,NULL,NULL);
INSERT INTO "members" VALUES(10,'given-Tuti',5010,'015TRAE8',9,'Tuti Rahayu','Ibu','+6281200005010',1,0,'papua','Asia/Jayapura',1978,1791165600000000,1,NULL,NULL);
INSERT INTO "members" VALUES(11,'given-Rina',5011,'015V01XC',9,'Rina Marlina','Ibu','+6281200005011',1,0,'dki-jakarta','Asia/Jakarta',1978,1791165600000000,1,NULL,NULL);
INSERT INTO "members" VALUES(12,'given-Bayu',5012,'015V7SCS',1,'Bayu Pratama','Ibu','+6281200005012',1,0,'dki-jakarta','Asia/Jakarta',1978,1791165600000000,1,NULL,NULL);
INSERT INTO "members" VALUES(13,'given-Intan',5013,'015VFGVS',1,'Intan Sari','Ibu','+6281300007777',1,0,'dki-jakarta','Asia/Jakarta',1978,1791165600000000,1,NULL,NULL);
INSERT INTO "members" VALUES(14,'given-Kiki',5014,'015VQ8AF',10,'Kiki Amalia','Ibu','+6281200005014',1,0,'dki-jakarta','Asia/Jakarta',1978,1791165600000000,1,NULL,NULL);
INSERT INTO "members" VALUES(15,'given-Lina',5015,'015VYZSR',1,'Lina Puspita','Ibu','+6281200005015',1,0,'dki-jakarta','Asia/Jakarta',1978,1791165600000000,1,NULL,NULL);
INSERT INTO "members" VALUES(16,'given-Mira',5016,'015W6Q8V',1,'Mira Kartika','Ibu','+6281200005016',1,0,'dki-jakarta','Asia/Jakarta',1978,1791165600000000,1,NULL,NULL);
INSERT INTO "members" VALUES(17,'given-Nina',5017,'015WEEQ1',1,'Nina Safitri','Ibu','+6281200005017',1,0,'dki-jakarta','Asia/Jakarta',1978,1791165600000000,1,NULL,NULL);
INSERT INTO "members" VALUES(18,'given-Oki',5018,'015WP66X',1,'Oki Firmansyah','Ibu','+6281200005018',1,0,'dki-jakarta','Asia/Jakarta',1978,1791165600000000,1,NULL,NULL);
INSERT INTO "members" VALUES(19,'given-Putri',5019,'015WXXNF',1,'Putri Melati','Ibu','+6281200005019',1,0,'dki-jakarta','Asia/Jakarta',1978,1791165600000000,1,NULL,NULL);
INSERT INTO "members" VALUES(20,'given-Adam',5020,'015X5N43',1,'Adam Smith','Ibu','+6281200005020',1,0,'dki-jakarta','Asia/Jakarta',1978,1791165600000000,1,NULL,NULL);
INSERT INTO "members" VALUES(21,'given-Vina',5021,'015XDCK9',1,'Vina Anggraini','Ibu','+6281200005021',1,0,'dki-jakarta','Asia/Jakarta',1978,1791165600000000,1,NULL,NULL);
INSERT INTO "members" VALUES(22,'given-Yanti',5022,'015XN42N',1,'Yanti Kusuma','Ibu','+6281200005022',1,0,'dki-jakarta','Asia/Jakarta',1978,1791165600000000,1,NULL,NULL);
INSERT INTO "members" VALUES(23,'import:M-12',NULL,'9NXYKP7K',1,'Tono Hidayat','','+6281200005026',0,0,'','Asia/Jakarta',0,1709269200000000,1,'M-12',NULL);
CREATE TABLE menus (
	user_id INTEGER NOT NULL, 
	shown TEXT DEFAULT '' NOT NULL, 
	asked_at INTEGER, 
	CONSTRAINT pk_menus PRIMARY KEY (user_id)
)
 STRICT

;
CREATE TABLE "outbox" (
	id INTEGER NOT NULL, 
	"key" TEXT NOT NULL, 
	chat_id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	method TEXT NOT NULL, 
	payload TEXT NOT NULL, 
	state TEXT DEFAULT 'new' NOT NULL, 
	epoch INTEGER DEFAULT '0' NOT NULL, 
	tries INTEGER DEFAULT '0' NOT NULL, 
	doubts INTEGER DEFAULT '0' NOT NULL, 
	not_before INTEGER, 
	expires_at INTEGER, 
	created_at INTEGER NOT NULL, 
	message_id INTEGER, 
	error TEXT, 
	broadcast_id INTEGER, circle TEXT DEFAULT 'own' NOT NULL, due_at INTEGER, passing INTEGER DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_outbox PRIMARY KEY (id), 
	CONSTRAINT ck_outbox_kind CHECK (kind IN ('toast', 'answer', 'notice', 'tip', 'broadcast')), 
	CONSTRAINT ck_outbox_state CHECK (state IN ('held', 'new', 'sending', 'sent', 'uncertain', 'failed', 'expired')), 
	CONSTRAINT uq_outbox_key UNIQUE ("key"), 
	CONSTRAINT fk_outbox_broadcast_id FOREIGN KEY(broadcast_id) REFERENCES broadcasts (id)
)
 STRICT

;
INSERT INTO "outbox" VALUES(1,'u1:1',5001,'answer','sendMessage','{"text": "4 Serum Wajah @Rp120.000 = Rp480.000\nUntuk Bu Ani, hari ini (12 Okt)\nTotal <b>Rp480.000</b>. Sudah benar?", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"✅ Ya, catat\", \"callback_data\": \"7000000000:0:ya\"}], [{\"text\": \"➕ Tambah barang\", \"callback_data\": \"7000000000:0:add\"}, {\"text\": \"✏️ Ubah\", \"callback_data\": \"7000000000:0:edit\"}], [{\"text\": \"✖️ Batal\", \"callback_data\": \"7000000000:0:/batal\"}]]}"}','sent',0,0,0,NULL,NULL,1791770405000000,1,NULL,NULL,'own',1791770405000000,0);
INSERT INTO "outbox" VALUES(2,'sale:1:waiting:5002',5002,'notice','sendMessage','{"text": "🧾 Ada penjualan yang menunggu dicek, mulai dari S-1001.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Cek penjualan\", \"callback_data\": \"+/setujui\"}]]}"}','sent',0,0,0,1791770410000000,NULL,1791770410000000,2,NULL,NULL,'office',1791770410000000,0);
INSERT INTO "outbox" VALUES(3,'sale:1:waiting:5003',5003,'notice','sendMessage','{"text": "🧾 Ada penjualan yang menunggu dicek, mulai dari S-1001.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Cek penjualan\", \"callback_data\": \"+/setujui\"}]]}"}','sent',0,0,0,1791770410000000,NULL,1791770410000000,3,NULL,NULL,'office',1791770410000000,0);
INSERT INTO "outbox" VALUES(4,'sale:1:waiting:5004',5004,'notice','sendMessage','{"text": "🧾 Ada penjualan yang menunggu dicek, mulai dari S-1001.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Cek penjualan\", \"callback_data\": \"+/setujui\"}]]}"}','sent',0,0,0,1791770410000000,NULL,1791770410000000,4,NULL,NULL,'office',1791770410000000,0);
INSERT INTO "outbox" VALUES(5,'sale:1:waiting:5005',5005,'notice','sendMessage','{"text": "🧾 Ada penjualan yang menunggu dicek, mulai dari S-1001.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Cek penjualan\", \"callback_data\": \"+/setujui\"}]]}"}','sent',0,0,0,1791770410000000,NULL,1791770410000000,5,NULL,NULL,'office',1791770410000000,0);
INSERT INTO "outbox" VALUES(6,'sale:1:waiting:5006',5006,'notice','sendMessage','{"text": "🧾 Ada penjualan yang menunggu dicek, mulai dari S-1001.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Cek penjualan\", \"callback_data\": \"+/setujui\"}]]}"}','sent',0,0,0,1791770410000000,NULL,1791770410000000,6,NULL,NULL,'office',1791770410000000,0);
INSERT INTO "outbox" VALUES(7,'sale:1:waiting:5007',5007,'notice','sendMessage','{"text": "🧾 Ada penjualan yang menunggu dicek, mulai dari S-1001.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Cek penjualan\", \"callback_data\": \"+/setujui\"}]]}"}','sent',0,0,0,1791770410000000,NULL,1791770410000000,7,NULL,NULL,'office',1791770410000000,0);
INSERT INTO "outbox" VALUES(8,'sale:1:waiting:5008',5008,'notice','sendMessage','{"text": "🧾 Ada penjualan yang menunggu dicek, mulai dari S-1001.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Cek penjualan\", \"callback_data\": \"+/setujui\"}]]}"}','sent',0,0,0,1791770410000000,NULL,1791770410000000,8,NULL,NULL,'office',1791770410000000,0);
INSERT INTO "outbox" VALUES(9,'u2:1',5001,'answer','sendMessage','{"text": "🧾 Tercatat, struk <b>S-1001</b>.\n\n4 Serum Wajah @Rp120.000 = Rp480.000\nTotal Rp480.000\nPembeli: Bu Ani, 12 Oktober 2026\n\nMenunggu dicek kantor, kami kabari begitu selesai. Sesudah itu dihitung: untung Rp96.000 dan 56 poin.\n\nPT Jual Dulu Nusantara · Penjual: Budi W., +62 812-0000-5001", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"🧾 Catat lagi\", \"callback_data\": \"+/jual\"}, {\"text\": \"💰 Saldo\", \"callback_data\": \"+/saldo\"}], [{\"text\": \"Batalkan struk ini\", \"callback_data\": \"+/batalkan S-1001\"}]]}"}','sent',0,0,0,NULL,NULL,1791770410000000,9,NULL,NULL,'own',1791770410000000,0);
INSERT INTO "outbox" VALUES(10,'u3:1',5009,'answer','sendMessage','{"text": "4 Serum Wajah @Rp120.000 = Rp480.000\nUntuk Bu Ani, hari ini (12 Okt)\nTotal <b>Rp480.000</b>. Sudah benar?", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"✅ Ya, catat\", \"callback_data\": \"741x100000:0:ya\"}], [{\"text\": \"➕ Tambah barang\", \"callback_data\": \"741x100000:0:add\"}, {\"text\": \"✏️ Ubah\", \"callback_data\": \"741x100000:0:edit\"}], [{\"text\": \"✖️ Batal\", \"callback_data\": \"741x100000:0:/batal\"}]]}"}','sent',0,0,0,NULL,NULL,1791770415000000,10,NULL,NULL,'own',1791770415000000,0);
INSERT INTO "outbox" VALUES(11,'sale:2:waiting:5001',5001,'notice','sendMessage','{"text": "🧾 Ada penjualan yang menunggu dicek, mulai dari S-1002.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Cek penjualan\", \"callback_data\": \"+/setujui\"}]]}"}','sent',0,0,0,1791770420000000,NULL,1791770420000000,11,NULL,NULL,'office',1791770420000000,0);
INSERT INTO "outbox" VALUES(12,'u4:1',5009,'answer','sendMessage','{"text": "🧾 Tercatat, struk <b>S-1002</b>.\n\n4 Serum Wajah @Rp120.000 = Rp480.000\nTotal Rp480.000\nPembeli: Bu Ani, 12 Oktober 2026\n\nMenunggu dicek kantor, kami kabari begitu selesai. Sesudah itu dihitung: untung Rp96.000 dan 56 poin.\n\nPT Jual Dulu Nusantara · Penjual: Sari D., +62 812-0000-5009", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"🧾 Catat lagi\", \"callback_data\": \"+/jual\"}, {\"text\": \"💰 Saldo\", \"callback_data\": \"+/saldo\"}], [{\"text\": \"Batalkan struk ini\", \"callback_data\": \"+/batalkan S-1002\"}]]}"}','sent',0,0,0,NULL,NULL,1791770420000000,12,NULL,NULL,'own',1791770420000000,0);
INSERT INTO "outbox" VALUES(13,'u5:1',5010,'answer','sendMessage','{"text": "4 Serum Wajah @Rp120.000 = Rp480.000\nUntuk Bu Ani, hari ini (12 Okt)\nTotal <b>Rp480.000</b>. Sudah benar?", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"✅ Ya, catat\", \"callback_data\": \"782t300000:0:ya\"}], [{\"text\": \"➕ Tambah barang\", \"callback_data\": \"782t300000:0:add\"}, {\"text\": \"✏️ Ubah\", \"callback_data\": \"782t300000:0:edit\"}], [{\"text\": \"✖️ Batal\", \"callback_data\": \"782t300000:0:/batal\"}]]}"}','sent',0,0,0,NULL,NULL,1791770425000000,13,NULL,NULL,'own',1791770425000000,0);
INSERT INTO "outbox" VALUES(14,'u6:1',5010,'answer','sendMessage','{"text": "🧾 Tercatat, struk <b>S-1003</b>.\n\n4 Serum Wajah @Rp120.000 = Rp480.000\nTotal Rp480.000\nPembeli: Bu Ani, 12 Oktober 2026\n\nMenunggu dicek kantor, kami kabari begitu selesai. Sesudah itu dihitung: untung Rp96.000 dan 56 poin.\n\nPT Jual Dulu Nusantara · Penjual: Tuti R., +62 812-0000-5010", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"🧾 Catat lagi\", \"callback_data\": \"+/jual\"}, {\"text\": \"💰 Saldo\", \"callback_data\": \"+/saldo\"}], [{\"text\": \"Batalkan struk ini\", \"callback_data\": \"+/batalkan S-1003\"}]]}"}','sent',0,0,0,NULL,NULL,1791770430000000,14,NULL,NULL,'own',1791770430000000,0);
INSERT INTO "outbox" VALUES(15,'u7:1',5011,'answer','sendMessage','{"text": "4 Serum Wajah @Rp120.000 = Rp480.000\nUntuk Bu Ani, hari ini (12 Okt)\nTotal <b>Rp480.000</b>. Sudah benar?", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"✅ Ya, catat\", \"callback_data\": \"7c3q500000:0:ya\"}], [{\"text\": \"➕ Tambah barang\", \"callback_data\": \"7c3q500000:0:add\"}, {\"text\": \"✏️ Ubah\", \"callback_data\": \"7c3q500000:0:edit\"}], [{\"text\": \"✖️ Batal\", \"callback_data\": \"7c3q500000:0:/batal\"}]]}"}','sent',0,0,0,NULL,NULL,1791770435000000,15,NULL,NULL,'own',1791770435000000,0);
INSERT INTO "outbox" VALUES(16,'u8:1',5011,'answer','sendMessage','{"text": "🧾 Tercatat, struk <b>S-1004</b>.\n\n4 Serum Wajah @Rp120.000 = Rp480.000\nTotal Rp480.000\nPembeli: Bu Ani, 12 Oktober 2026\n\nMenunggu dicek kantor, kami kabari begitu selesai. Sesudah itu dihitung: untung Rp96.000 dan 56 poin.\n\nPT Jual Dulu Nusantara · Penjual: Rina M., +62 812-0000-5011", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"🧾 Catat lagi\", \"callback_data\": \"+/jual\"}, {\"text\": \"💰 Saldo\", \"callback_data\": \"+/saldo\"}], [{\"text\": \"Batalkan struk ini\", \"callback_data\": \"+/batalkan S-1004\"}]]}"}','sent',0,0,0,NULL,NULL,1791770440000000,16,NULL,NULL,'own',1791770440000000,0);
INSERT INTO "outbox" VALUES(17,'u9:1',5014,'answer','sendMessage','{"text": "4 Serum Wajah @Rp120.000 = Rp480.000\nUntuk Bu Ani, hari ini (12 Okt)\nTotal <b>Rp480.000</b>. Sudah benar?", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"✅ Ya, catat\", \"callback_data\": \"7g4m700000:0:ya\"}], [{\"text\": \"➕ Tambah barang\", \"callback_data\": \"7g4m700000:0:add\"}, {\"text\": \"✏️ Ubah\", \"callback_data\": \"7g4m700000:0:edit\"}], [{\"text\": \"✖️ Batal\", \"callback_data\": \"7g4m700000:0:/batal\"}]]}"}','sent',0,0,0,NULL,NULL,1791770445000000,17,NULL,NULL,'own',1791770445000000,0);
INSERT INTO "outbox" VALUES(18,'u10:1',5014,'answer','sendMessage','{"text": "🧾 Tercatat, struk <b>S-1005</b>.\n\n4 Serum Wajah @Rp120.000 = Rp480.000\nTotal Rp480.000\nPembeli: Bu Ani, 12 Oktober 2026\n\nMenunggu dicek kantor, kami kabari begitu selesai. Sesudah itu dihitung: untung Rp96.000 dan 56 poin.\n\nPT Jual Dulu Nusantara · Penjual: Kiki A., +62 812-0000-5014", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"🧾 Catat lagi\", \"callback_data\": \"+/jual\"}, {\"text\": \"💰 Saldo\", \"callback_data\": \"+/saldo\"}], [{\"text\": \"Batalkan struk ini\", \"callback_data\": \"+/batalkan S-1005\"}]]}"}','sent',0,0,0,NULL,NULL,1791770450000000,18,NULL,NULL,'own',1791770450000000,0);
INSERT INTO "outbox" VALUES(19,'u11:1',5002,'answer','sendMessage','{"text": "Setujui <b>5</b> penjualan sekaligus, total Rp2.400.000?", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"✅ Ya, semua\", \"callback_data\": \"7m5h900000:0:ya\"}, {\"text\": \"Tidak\", \"callback_data\": \"7m5h900000:0:tidak\"}]]}"}','sent',0,0,0,NULL,NULL,1791770455000000,19,NULL,NULL,'own',1791770455000000,0);
INSERT INTO "outbox" VALUES(20,'sale:1:decided',5001,'notice','sendMessage','{"text": "✅ Struk S-1001 disetujui kantor: untung Rp96.000, 56 poin.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"💰 Saldo\", \"callback_data\": \"+/saldo\"}, {\"text\": \"🧾 Catat lagi\", \"callback_data\": \"+/jual\"}]]}"}','sent',0,0,0,1791770460000000,NULL,1791770460000000,20,NULL,NULL,'own',1791770460000000,0);
INSERT INTO "outbox" VALUES(21,'sale:2:decided',5009,'notice','sendMessage','{"text": "✅ Struk S-1002 disetujui kantor: untung Rp96.000, 56 poin.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"💰 Saldo\", \"callback_data\": \"+/saldo\"}, {\"text\": \"🧾 Catat lagi\", \"callback_data\": \"+/jual\"}]]}"}','sent',0,0,0,1791770460000000,NULL,1791770460000000,21,NULL,NULL,'own',1791770460000000,0);
INSERT INTO "outbox" VALUES(22,'sale:3:decided',5010,'notice','sendMessage','{"text": "✅ Struk S-1003 disetujui kantor: untung Rp96.000, 56 poin.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"💰 Saldo\", \"callback_data\": \"+/saldo\"}, {\"text\": \"🧾 Catat lagi\", \"callback_data\": \"+/jual\"}]]}"}','sent',0,0,0,1791770460000000,NULL,1791770460000000,22,NULL,NULL,'own',1791770460000000,0);
INSERT INTO "outbox" VALUES(23,'sale:4:decided',5011,'notice','sendMessage','{"text": "✅ Struk S-1004 disetujui kantor: untung Rp96.000, 56 poin.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"💰 Saldo\", \"callback_data\": \"+/saldo\"}, {\"text\": \"🧾 Catat lagi\", \"callback_data\": \"+/jual\"}]]}"}','sent',0,0,0,1791770460000000,NULL,1791770460000000,23,NULL,NULL,'own',1791770460000000,0);
INSERT INTO "outbox" VALUES(24,'sale:5:decided',5014,'notice','sendMessage','{"text": "✅ Struk S-1005 disetujui kantor: untung Rp96.000, 56 poin.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"💰 Saldo\", \"callback_data\": \"+/saldo\"}, {\"text\": \"🧾 Catat lagi\", \"callback_data\": \"+/jual\"}]]}"}','sent',0,0,0,1791770460000000,NULL,1791770460000000,24,NULL,NULL,'own',1791770460000000,0);
INSERT INTO "outbox" VALUES(25,'u12:1',5002,'answer','sendMessage','{"text": "✅ 5 penjualan disetujui.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Kelola\", \"callback_data\": \"/kelola\"}]]}"}','sent',0,0,0,NULL,NULL,1791770460000000,25,NULL,NULL,'own',1791770460000000,0);
INSERT INTO "outbox" VALUES(26,'u13:1',5001,'answer','sendMessage','{"text": "📣 Tulis pesannya di sini.\n\nBoleh pakai <code>{nama}</code>, <code>{sapaan}</code>, <code>{provinsi}</code>, atau <code>{kode}</code>: nanti terisi sendiri untuk tiap mitra. Contoh: <code>Halo {sapaan} {nama}</code> jadi “Halo Ibu Sari”.\n\nMau tebal? Tulis <code>&lt;b&gt;kata&lt;/b&gt;</code>.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"✖️ Batal\", \"callback_data\": \"7r6eb00000:0:/batal\"}]]}"}','sent',0,0,0,NULL,NULL,1795399205000000,26,NULL,NULL,'own',1795399205000000,0);
INSERT INTO "outbox" VALUES(27,'u14:1',5001,'answer','sendMessage','{"text": "Ada foto atau dokumennya? Kirim satu sekarang, atau lanjut tanpa lampiran.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Tanpa lampiran\", \"callback_data\": \"7r6eb00000:1:tanpa\"}], [{\"text\": \"↩️ Kembali\", \"callback_data\": \"7r6eb00000:1:/kembali\"}, {\"text\": \"✖️ Batal\", \"callback_data\": \"7r6eb00000:1:/batal\"}]]}"}','sent',0,0,0,NULL,NULL,1795399210000000,27,NULL,NULL,'own',1795399210000000,0);
INSERT INTO "outbox" VALUES(28,'u15:toast',5001,'toast','answerCallbackQuery','{"callback_query_id": "t"}','sent',0,0,0,NULL,1795399230000000,1795399215000000,28,NULL,NULL,'own',1795399215000000,0);
INSERT INTO "outbox" VALUES(29,'u15:1',5001,'answer','editMessageReplyMarkup','{"message_id": 1}','sent',0,0,0,NULL,NULL,1795399215000000,29,NULL,NULL,'own',1795399215000000,0);
INSERT INTO "outbox" VALUES(30,'u15:2',5001,'answer','sendMessage','{"parse_mode": "HTML", "text": "Halo Ibu Budi, sampai besok!"}','sent',0,0,0,NULL,NULL,1795399215000000,30,NULL,NULL,'own',1795399215000000,0);
INSERT INTO "outbox" VALUES(31,'u15:3',5001,'answer','sendMessage','{"text": "Begitulah pesannya sampai di mitra, contohnya dengan data Ibu sendiri. Dikirim ke siapa?", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Semua mitra\", \"callback_data\": \"7r6eb00000:2:all\"}, {\"text\": \"Tim saya\", \"callback_data\": \"7r6eb00000:2:team\"}], [{\"text\": \"Jualan 2 bulan ini\", \"callback_data\": \"7r6eb00000:2:active\"}, {\"text\": \"Baru 30 hari\", \"callback_data\": \"7r6eb00000:2:new\"}], [{\"text\": \"WIB\", \"callback_data\": \"7r6eb00000:2:WIB\"}, {\"text\": \"WITA\", \"callback_data\": \"7r6eb00000:2:WITA\"}, {\"text\": \"WIT\", \"callback_data\": \"7r6eb00000:2:WIT\"}], [{\"text\": \"Tulis ulang\", \"callback_data\": \"7r6eb00000:2:ubah\"}, {\"text\": \"✖️ Batal\", \"callback_data\": \"7r6eb00000:2:/batal\"}]]}"}','sent',0,0,0,NULL,NULL,1795399215000000,31,NULL,NULL,'own',1795399215000000,0);
INSERT INTO "outbox" VALUES(32,'u16:toast',5001,'toast','answerCallbackQuery','{"callback_query_id": "t"}','sent',0,0,0,NULL,1795399235000000,1795399220000000,32,NULL,NULL,'own',1795399220000000,0);
INSERT INTO "outbox" VALUES(33,'u16:1',5001,'answer','editMessageText','{"text": "<b>21 orang</b> (semua mitra), lamanya tidak sampai semenit. Mau mulai kapan? Jam lain boleh diketik, misalnya 14.15.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Sekarang\", \"callback_data\": \"7r6eb00000:3:sekarang\"}], [{\"text\": \"09.00\", \"callback_data\": \"7r6eb00000:3:09:00\"}, {\"text\": \"10.30\", \"callback_data\": \"7r6eb00000:3:10:30\"}, {\"text\": \"13.30\", \"callback_data\": \"7r6eb00000:3:13:30\"}], [{\"text\": \"16.30\", \"callback_data\": \"7r6eb00000:3:16:30\"}, {\"text\": \"19.30\", \"callback_data\": \"7r6eb00000:3:19:30\"}], [{\"text\": \"↩️ Kembali\", \"callback_data\": \"7r6eb00000:3:/kembali\"}, {\"text\": \"✖️ Batal\", \"callback_data\": \"7r6eb00000:3:/batal\"}]]}", "message_id": 1}','sent',0,0,0,NULL,NULL,1795399220000000,33,NULL,NULL,'own',1795399220000000,0);
INSERT INTO "outbox" VALUES(34,'u17:1',5001,'answer','sendMessage','{"text": "Kirim ke <b>21 orang</b> (semua mitra)?\n\nMulai 23 November 2026, 19.45 WIB. Lamanya tidak sampai semenit, dan selesai 24 November 2026, 06.00 WIB, karena malam dan hari libur kami tidak mengirim.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Ya, kirim\", \"callback_data\": \"7r6eb00000:4:ya\"}], [{\"text\": \"↩️ Kembali\", \"callback_data\": \"7r6eb00000:4:/kembali\"}, {\"text\": \"✖️ Batal\", \"callback_data\": \"7r6eb00000:4:/batal\"}]]}"}','sent',0,0,0,NULL,NULL,1795399225000000,34,NULL,NULL,'own',1795399225000000,0);
INSERT INTO "outbox" VALUES(35,'u18:toast',5001,'toast','answerCallbackQuery','{"callback_query_id": "t"}','sent',0,0,0,NULL,1795399245000000,1795399230000000,35,NULL,NULL,'own',1795399230000000,0);
INSERT INTO "outbox" VALUES(36,'u18:1',5001,'answer','editMessageText','{"text": "📣 <b>Halo {sapaan} {nama}, sampai besok!</b>\n\nSedang disiapkan. Mulai 23 November 2026, 19.45 WIB.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"🔄 Segarkan\", \"callback_data\": \"/siaran 1\"}], [{\"text\": \"⏸ Jeda\", \"callback_data\": \"/siaran jeda 1\"}, {\"text\": \"⏹ Hentikan\", \"callback_data\": \"/siaran henti 1\"}], [{\"text\": \"Siaran saya\", \"callback_data\": \"/siaran\"}]]}", "message_id": 1}','sent',0,0,0,NULL,NULL,1795399230000000,36,NULL,NULL,'own',1795399230000000,0);
INSERT INTO "outbox" VALUES(37,'u19:1',5009,'answer','sendMessage','{"text": "Barang apa yang terjual? Tekan salah satu, atau ketik sekaligus, misalnya <code>2 sabun 3 teh ke Bu Ani</code>.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Serum Wajah\", \"callback_data\": \"74a5h00000:0:p8\"}], [{\"text\": \"Kopi Jahe\", \"callback_data\": \"74a5h00000:0:p5\"}], [{\"text\": \"Madu Hutan 250 g\", \"callback_data\": \"74a5h00000:0:p3\"}], [{\"text\": \"Madu Hutan 500 g\", \"callback_data\": \"74a5h00000:0:p4\"}], [{\"text\": \"Minyak Kayu Putih\", \"callback_data\": \"74a5h00000:0:p6\"}], [{\"text\": \"Sabun Sereh\", \"callback_data\": \"74a5h00000:0:p1\"}], [{\"text\": \"Semua barang\", \"callback_data\": \"74a5h00000:0:page1\"}], [{\"text\": \"✖️ Batal\", \"callback_data\": \"74a5h00000:0:/batal\"}]]}"}','sent',0,0,0,NULL,NULL,1795399235000000,37,NULL,NULL,'own',1795399235000000,0);
INSERT INTO "outbox" VALUES(38,'u20:toast',5009,'toast','answerCallbackQuery','{"callback_query_id": "t"}','sent',0,0,0,NULL,1795399255000000,1795399240000000,38,NULL,NULL,'own',1795399240000000,0);
INSERT INTO "outbox" VALUES(39,'u20:1',5009,'answer','editMessageText','{"text": "Berapa <b>Sabun Sereh</b> yang terjual?", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"1\", \"callback_data\": \"74a5h00000:1:1\"}, {\"text\": \"2\", \"callback_data\": \"74a5h00000:1:2\"}, {\"text\": \"3\", \"callback_data\": \"74a5h00000:1:3\"}, {\"text\": \"5\", \"callback_data\": \"74a5h00000:1:5\"}, {\"text\": \"10\", \"callback_data\": \"74a5h00000:1:10\"}], [{\"text\": \"↩️ Kembali\", \"callback_data\": \"74a5h00000:1:/kembali\"}, {\"text\": \"✖️ Batal\", \"callback_data\": \"74a5h00000:1:/batal\"}]]}", "message_id": 1}','sent',0,0,0,NULL,NULL,1795399240000000,39,NULL,NULL,'own',1795399240000000,0);
INSERT INTO "outbox" VALUES(40,'u21:1',5009,'answer','sendMessage','{"text": "Siapa pembelinya? Tekan namanya, atau ketik nama baru.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Bu Ani\", \"callback_data\": \"74a5h00000:2:c2\"}], [{\"text\": \"🏠 Pakai sendiri\", \"callback_data\": \"74a5h00000:2:own\"}], [{\"text\": \"↩️ Kembali\", \"callback_data\": \"74a5h00000:2:/kembali\"}, {\"text\": \"✖️ Batal\", \"callback_data\": \"74a5h00000:2:/batal\"}]]}"}','sent',0,0,0,NULL,NULL,1795399245000000,40,NULL,NULL,'own',1795399245000000,0);
INSERT INTO "outbox" VALUES(41,'u22:1',5009,'answer','sendMessage','{"text": "3 Sabun Sereh @Rp50.000 = Rp150.000\nUntuk Bu Ani, hari ini (23 Nov)\nTotal <b>Rp150.000</b>. Sudah benar?", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"✅ Ya, catat\", \"callback_data\": \"74a5h00000:3:ya\"}], [{\"text\": \"➕ Tambah barang\", \"callback_data\": \"74a5h00000:3:add\"}, {\"text\": \"✏️ Ubah\", \"callback_data\": \"74a5h00000:3:edit\"}], [{\"text\": \"✖️ Batal\", \"callback_data\": \"74a5h00000:3:/batal\"}]]}"}','sent',0,0,0,NULL,NULL,1795399250000000,41,NULL,NULL,'own',1795399250000000,0);
INSERT INTO "outbox" VALUES(42,'u23:1',5010,'answer','sendMessage','{"text": "2 Teh Hijau @Rp25.000 = Rp50.000\nUntuk Bu Rina, hari ini (23 Nov)\nTotal <b>Rp50.000</b>. Sudah benar?", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"✅ Ya, catat\", \"callback_data\": \"7cczm00000:0:ya\"}], [{\"text\": \"➕ Tambah barang\", \"callback_data\": \"7cczm00000:0:add\"}, {\"text\": \"✏️ Ubah\", \"callback_data\": \"7cczm00000:0:edit\"}], [{\"text\": \"✖️ Batal\", \"callback_data\": \"7cczm00000:0:/batal\"}]]}"}','sent',0,0,0,NULL,NULL,1795399255000000,42,NULL,NULL,'own',1795399255000000,0);
INSERT INTO "outbox" VALUES(43,'sale:6:waiting:5001',5001,'notice','sendMessage','{"text": "🧾 Ada penjualan yang menunggu dicek, mulai dari S-1006.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Cek penjualan\", \"callback_data\": \"+/setujui\"}]]}"}','sent',0,0,0,1795399260000000,NULL,1795399260000000,43,NULL,NULL,'office',1795399260000000,0);
INSERT INTO "outbox" VALUES(44,'sale:6:waiting:5002',5002,'notice','sendMessage','{"text": "🧾 Ada penjualan yang menunggu dicek, mulai dari S-1006.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Cek penjualan\", \"callback_data\": \"+/setujui\"}]]}"}','sent',0,0,0,1795399260000000,NULL,1795399260000000,44,NULL,NULL,'office',1795399260000000,0);
INSERT INTO "outbox" VALUES(45,'sale:6:waiting:5003',5003,'notice','sendMessage','{"text": "🧾 Ada penjualan yang menunggu dicek, mulai dari S-1006.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Cek penjualan\", \"callback_data\": \"+/setujui\"}]]}"}','sent',0,0,0,1795399260000000,NULL,1795399260000000,45,NULL,NULL,'office',1795399260000000,0);
INSERT INTO "outbox" VALUES(46,'sale:6:waiting:5004',5004,'notice','sendMessage','{"text": "🧾 Ada penjualan yang menunggu dicek, mulai dari S-1006.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Cek penjualan\", \"callback_data\": \"+/setujui\"}]]}"}','sent',0,0,0,1795399260000000,NULL,1795399260000000,46,NULL,NULL,'office',1795399260000000,0);
INSERT INTO "outbox" VALUES(47,'sale:6:waiting:5005',5005,'notice','sendMessage','{"text": "🧾 Ada penjualan yang menunggu dicek, mulai dari S-1006.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Cek penjualan\", \"callback_data\": \"+/setujui\"}]]}"}','sent',0,0,0,1795399260000000,NULL,1795399260000000,47,NULL,NULL,'office',1795399260000000,0);
INSERT INTO "outbox" VALUES(48,'sale:6:waiting:5006',5006,'notice','sendMessage','{"text": "🧾 Ada penjualan yang menunggu dicek, mulai dari S-1006.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Cek penjualan\", \"callback_data\": \"+/setujui\"}]]}"}','sent',0,0,0,1795399260000000,NULL,1795399260000000,48,NULL,NULL,'office',1795399260000000,0);
INSERT INTO "outbox" VALUES(49,'sale:6:waiting:5007',5007,'notice','sendMessage','{"text": "🧾 Ada penjualan yang menunggu dicek, mulai dari S-1006.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Cek penjualan\", \"callback_data\": \"+/setujui\"}]]}"}','sent',0,0,0,1795399260000000,NULL,1795399260000000,49,NULL,NULL,'office',1795399260000000,0);
INSERT INTO "outbox" VALUES(50,'sale:6:waiting:5008',5008,'notice','sendMessage','{"text": "🧾 Ada penjualan yang menunggu dicek, mulai dari S-1006.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Cek penjualan\", \"callback_data\": \"+/setujui\"}]]}"}','sent',0,0,0,1795399260000000,NULL,1795399260000000,50,NULL,NULL,'office',1795399260000000,0);
INSERT INTO "outbox" VALUES(51,'u24:1',5010,'answer','sendMessage','{"text": "🧾 Tercatat, struk <b>S-1006</b>.\n\n2 Teh Hijau @Rp25.000 = Rp50.000\nTotal Rp50.000\nPembeli: Bu Rina, 23 November 2026\n\nMenunggu dicek kantor, kami kabari begitu selesai. Sesudah itu dihitung: untung Rp10.000 dan 6 poin.\n\nPT Jual Dulu Nusantara · Penjual: Tuti R., +62 812-0000-5010", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"🧾 Catat lagi\", \"callback_data\": \"+/jual\"}, {\"text\": \"💰 Saldo\", \"callback_data\": \"+/saldo\"}], [{\"text\": \"Batalkan struk ini\", \"callback_data\": \"+/batalkan S-1006\"}]]}"}','sent',0,0,0,NULL,NULL,1795399260000000,51,NULL,NULL,'own',1795399260000000,0);
INSERT INTO "outbox" VALUES(52,'u25:1',5011,'answer','sendMessage','{"text": "2 Sabun Sereh @Rp50.000 = Rp100.000\nUntuk Bu Ani, hari ini (23 Nov)\nTotal <b>Rp100.000</b>. Sudah benar?", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"✅ Ya, catat\", \"callback_data\": \"7gdwp00000:0:ya\"}], [{\"text\": \"➕ Tambah barang\", \"callback_data\": \"7gdwp00000:0:add\"}, {\"text\": \"✏️ Ubah\", \"callback_data\": \"7gdwp00000:0:edit\"}], [{\"text\": \"✖️ Batal\", \"callback_data\": \"7gdwp00000:0:/batal\"}]]}"}','sent',0,0,0,NULL,NULL,1795399265000000,52,NULL,NULL,'own',1795399265000000,0);
INSERT INTO "outbox" VALUES(53,'u26:1',5011,'answer','sendMessage','{"text": "🧾 Tercatat, struk <b>S-1007</b>.\n\n2 Sabun Sereh @Rp50.000 = Rp100.000\nTotal Rp100.000\nPembeli: Bu Ani, 23 November 2026\n\nMenunggu dicek kantor, kami kabari begitu selesai. Sesudah itu dihitung: untung Rp20.000 dan 10 poin.\n\nPT Jual Dulu Nusantara · Penjual: Rina M., +62 812-0000-5011", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"🧾 Catat lagi\", \"callback_data\": \"+/jual\"}, {\"text\": \"💰 Saldo\", \"callback_data\": \"+/saldo\"}], [{\"text\": \"Batalkan struk ini\", \"callback_data\": \"+/batalkan S-1007\"}]]}"}','sent',0,0,0,NULL,NULL,1795399270000000,53,NULL,NULL,'own',1795399270000000,0);
INSERT INTO "outbox" VALUES(54,'u27:1',5011,'answer','sendMessage','{"text": "Batalkan struk <b>S-1007</b>, Bu Ani, Rp100.000?", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Ya, batalkan\", \"callback_data\": \"7mesr00000:0:ya\"}, {\"text\": \"Tidak\", \"callback_data\": \"7mesr00000:0:tidak\"}]]}"}','sent',0,0,0,NULL,NULL,1795399275000000,54,NULL,NULL,'own',1795399275000000,0);
INSERT INTO "outbox" VALUES(55,'u28:1',5010,'answer','sendMessage','{"text": "1 Kopi Jahe = Rp35.000\nUntuk Bu Rina, hari ini (23 Nov)\nTotal <b>Rp35.000</b>. Sudah benar?", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"✅ Ya, catat\", \"callback_data\": \"76zqs00000:0:ya\"}], [{\"text\": \"➕ Tambah barang\", \"callback_data\": \"76zqs00000:0:add\"}, {\"text\": \"✏️ Ubah\", \"callback_data\": \"76zqs00000:0:edit\"}], [{\"text\": \"✖️ Batal\", \"callback_data\": \"76zqs00000:0:/batal\"}]]}"}','sent',0,0,0,NULL,NULL,1795399280000000,55,NULL,NULL,'own',1795399280000000,0);
INSERT INTO "outbox" VALUES(56,'u29:1',5010,'answer','sendMessage','{"text": "🧾 Tercatat, struk <b>S-1008</b>.\n\n1 Kopi Jahe = Rp35.000\nTotal Rp35.000\nPembeli: Bu Rina, 23 November 2026\n\nMenunggu dicek kantor, kami kabari begitu selesai. Sesudah itu dihitung: untung Rp7.000 dan 4 poin.\n\nPT Jual Dulu Nusantara · Penjual: Tuti R., +62 812-0000-5010", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"🧾 Catat lagi\", \"callback_data\": \"+/jual\"}, {\"text\": \"💰 Saldo\", \"callback_data\": \"+/saldo\"}], [{\"text\": \"Batalkan struk ini\", \"callback_data\": \"+/batalkan S-1008\"}]]}"}','sent',0,0,0,NULL,NULL,1795399285000000,56,NULL,NULL,'own',1795399285000000,0);
INSERT INTO "outbox" VALUES(57,'u30:1',5020,'answer','sendMessage','{"text": "What did you sell? Tap one, or type it all at once, like <code>2 sabun 3 teh to Mrs Ani</code>.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Kopi Jahe\", \"callback_data\": \"7a0nv00000:0:p5\"}], [{\"text\": \"Madu Hutan 250 g\", \"callback_data\": \"7a0nv00000:0:p3\"}], [{\"text\": \"Madu Hutan 500 g\", \"callback_data\": \"7a0nv00000:0:p4\"}], [{\"text\": \"Minyak Kayu Putih\", \"callback_data\": \"7a0nv00000:0:p6\"}], [{\"text\": \"Sabun Sereh\", \"callback_data\": \"7a0nv00000:0:p1\"}], [{\"text\": \"Sampo Lidah Buaya\", \"callback_data\": \"7a0nv00000:0:p7\"}], [{\"text\": \"All products\", \"callback_data\": \"7a0nv00000:0:page1\"}], [{\"text\": \"✖️ Cancel\", \"callback_data\": \"7a0nv00000:0:/batal\"}]]}"}','sent',0,0,0,NULL,NULL,1795399290000000,57,NULL,NULL,'own',1795399290000000,0);
INSERT INTO "outbox" VALUES(58,'u31:toast',5020,'toast','answerCallbackQuery','{"callback_query_id": "t"}','sent',0,0,0,NULL,1795399310000000,1795399295000000,58,NULL,NULL,'own',1795399295000000,0);
INSERT INTO "outbox" VALUES(59,'u31:1',5020,'answer','editMessageText','{"text": "How many <b>Sabun Sereh</b> did you sell?", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"1\", \"callback_data\": \"7a0nv00000:1:1\"}, {\"text\": \"2\", \"callback_data\": \"7a0nv00000:1:2\"}, {\"text\": \"3\", \"callback_data\": \"7a0nv00000:1:3\"}, {\"text\": \"5\", \"callback_data\": \"7a0nv00000:1:5\"}, {\"text\": \"10\", \"callback_data\": \"7a0nv00000:1:10\"}], [{\"text\": \"↩️ Back\", \"callback_data\": \"7a0nv00000:1:/kembali\"}, {\"text\": \"✖️ Cancel\", \"callback_data\": \"7a0nv00000:1:/batal\"}]]}", "message_id": 1}','sent',0,0,0,NULL,NULL,1795399295000000,59,NULL,NULL,'own',1795399295000000,0);
INSERT INTO "outbox" VALUES(60,'u32:1',5020,'answer','sendMessage','{"text": "Who bought it? Type the name, like <code>Mrs Ani</code>.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"🏠 For myself\", \"callback_data\": \"7a0nv00000:2:own\"}], [{\"text\": \"↩️ Back\", \"callback_data\": \"7a0nv00000:2:/kembali\"}, {\"text\": \"✖️ Cancel\", \"callback_data\": \"7a0nv00000:2:/batal\"}]]}"}','sent',0,0,0,NULL,NULL,1795399300000000,60,NULL,NULL,'own',1795399300000000,0);
INSERT INTO "outbox" VALUES(61,'u33:1',5021,'answer','sendMessage','{"text": "2 Sabun Sereh: <b>Rp60.000</b> itu harga satuan atau untuk semuanya?", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Satuan\", \"callback_data\": \"70jgy00000:0:each\"}, {\"text\": \"Semuanya\", \"callback_data\": \"70jgy00000:0:total\"}], [{\"text\": \"↩️ Kembali\", \"callback_data\": \"70jgy00000:0:/kembali\"}, {\"text\": \"✖️ Batal\", \"callback_data\": \"70jgy00000:0:/batal\"}]]}"}','sent',0,0,0,NULL,NULL,1795399305000000,61,NULL,NULL,'own',1795399305000000,0);
INSERT INTO "outbox" VALUES(62,'u34:1',5021,'answer','sendMessage','{"text": "Masih ada <b>catatan penjualan</b> yang belum selesai. Lanjutkan dulu, atau buang dan mulai perubahan data?", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Lanjutkan\", \"callback_data\": \"/lanjutkan\"}, {\"text\": \"Buang\", \"callback_data\": \"/buang\"}]]}"}','sent',0,0,0,NULL,NULL,1795399310000000,62,NULL,NULL,'own',1795399310000000,0);
INSERT INTO "outbox" VALUES(63,'u35:1',5001,'answer','sendMessage','{"text": "<b>S-1006</b> · Tuti R. (015TRAE8) · 23 November 2026\n\n2 Teh Hijau @Rp25.000 = Rp50.000\nTotal Rp50.000\nTanpa nota\n\nDisetujui?", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"✅ Setujui\", \"callback_data\": \"74kd010000:0:ya\"}, {\"text\": \"Tolak\", \"callback_data\": \"74kd010000:0:tidak\"}], [{\"text\": \"« Antrean\", \"callback_data\": \"/setujui\"}]]}"}','sent',0,0,0,NULL,NULL,1795399315000000,63,NULL,NULL,'own',1795399315000000,0);
INSERT INTO "outbox" VALUES(64,'u36:toast',5001,'toast','answerCallbackQuery','{"callback_query_id": "t"}','sent',0,0,0,NULL,1795399335000000,1795399320000000,64,NULL,NULL,'own',1795399320000000,0);
INSERT INTO "outbox" VALUES(65,'u36:1',5001,'answer','editMessageText','{"text": "Apa yang perlu diketahui penjual tentang S-1006? Ketik satu kalimat, misalnya <code>Notanya belum ada</code>.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Tanpa keterangan\", \"callback_data\": \"74kd010000:1:none\"}], [{\"text\": \"↩️ Kembali\", \"callback_data\": \"74kd010000:1:/kembali\"}, {\"text\": \"✖️ Batal\", \"callback_data\": \"74kd010000:1:/batal\"}]]}", "message_id": 1}','sent',0,0,0,NULL,NULL,1795399320000000,65,NULL,NULL,'own',1795399320000000,0);
INSERT INTO "outbox" VALUES(66,'u37:1',5002,'answer','sendMessage','{"text": "Yang sekarang punya peran:\n• Budi Wijaya (015RJQ7Y): admin, pelatih\n• Dian Permata (015S265G): admin\n• Eka Saputra (015S9XM6): admin\n• Fitri Handayani (015SHN3P): admin\n• Gita Ayuni (015SSCJG): admin\n• Hana Maharani (015T141X): admin\n• Joko Susilo (015T8VGB): admin\n• Wati Lestari (015RTEPR): admin\n• Bayu Pratama (015V7SCS): pelatih\n\nPeran siapa yang mau diubah? Tekan namanya, atau kirim kode mitranya.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Budi Wijaya\", \"callback_data\": \"78ma210000:0:015RJQ7Y\"}], [{\"text\": \"Dian Permata\", \"callback_data\": \"78ma210000:0:015S265G\"}], [{\"text\": \"Eka Saputra\", \"callback_data\": \"78ma210000:0:015S9XM6\"}], [{\"text\": \"Fitri Handayani\", \"callback_data\": \"78ma210000:0:015SHN3P\"}], [{\"text\": \"Gita Ayuni\", \"callback_data\": \"78ma210000:0:015SSCJG\"}], [{\"text\": \"Hana Maharani\", \"callback_data\": \"78ma210000:0:015T141X\"}], [{\"text\": \"Joko Susilo\", \"callback_data\": \"78ma210000:0:015T8VGB\"}], [{\"text\": \"Wati Lestari\", \"callback_data\": \"78ma210000:0:015RTEPR\"}], [{\"text\": \"Bayu Pratama\", \"callback_data\": \"78ma210000:0:015V7SCS\"}], [{\"text\": \"✖️ Batal\", \"callback_data\": \"78ma210000:0:/batal\"}]]}"}','sent',0,0,0,NULL,NULL,1795399325000000,66,NULL,NULL,'own',1795399325000000,0);
INSERT INTO "outbox" VALUES(67,'u38:1',5002,'answer','sendMessage','{"text": "<b>Sari Dewi</b> (015TGJZA): belum punya peran.\n\nApa yang mau diubah?", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Jadikan pelatih\", \"callback_data\": \"78ma210000:1:trainer+\"}], [{\"text\": \"Jadikan admin\", \"callback_data\": \"78ma210000:1:admin+\"}], [{\"text\": \"↩️ Kembali\", \"callback_data\": \"78ma210000:1:/kembali\"}, {\"text\": \"✖️ Batal\", \"callback_data\": \"78ma210000:1:/batal\"}]]}"}','sent',0,0,0,NULL,NULL,1795399330000000,67,NULL,NULL,'own',1795399330000000,0);
INSERT INTO "outbox" VALUES(68,'u39:toast',5002,'toast','answerCallbackQuery','{"callback_query_id": "t"}','sent',0,0,0,NULL,1795399350000000,1795399335000000,68,NULL,NULL,'own',1795399335000000,0);
INSERT INTO "outbox" VALUES(69,'u39:1',5002,'answer','editMessageText','{"text": "Jadikan <b>Sari Dewi</b> pelatih?\n\nPelatih mendampingi mitra dengan pelajaran dan tips.\n\nSemua admin akan dikabari.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Ya\", \"callback_data\": \"78ma210000:2:ya\"}, {\"text\": \"Tidak\", \"callback_data\": \"78ma210000:2:tidak\"}], [{\"text\": \"↩️ Kembali\", \"callback_data\": \"78ma210000:2:/kembali\"}]]}", "message_id": 1}','sent',0,0,0,NULL,NULL,1795399335000000,69,NULL,NULL,'own',1795399335000000,0);
INSERT INTO "outbox" VALUES(70,'u40:1',5003,'answer','sendMessage','{"text": "<b>Harga mitra Sabun Sereh yang baru?</b> Sekarang Rp40.000. Ketik jumlahnya, misalnya <code>42rb</code>.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Tetap Rp40.000\", \"callback_data\": \"7y56510000:0:keep\"}], [{\"text\": \"✖️ Batal\", \"callback_data\": \"7y56510000:0:/batal\"}]]}"}','sent',0,0,0,NULL,NULL,1795399340000000,70,NULL,NULL,'own',1795399340000000,0);
INSERT INTO "outbox" VALUES(71,'u41:1',5003,'answer','sendMessage','{"text": "<b>Harga eceran Sabun Sereh?</b> Sekarang Rp50.000; paling rendah sama dengan harga mitra, Rp42.000.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Tetap Rp50.000\", \"callback_data\": \"7y56510000:1:keep\"}], [{\"text\": \"↩️ Kembali\", \"callback_data\": \"7y56510000:1:/kembali\"}, {\"text\": \"✖️ Batal\", \"callback_data\": \"7y56510000:1:/batal\"}]]}"}','sent',0,0,0,NULL,NULL,1795399345000000,71,NULL,NULL,'own',1795399345000000,0);
INSERT INTO "outbox" VALUES(72,'u42:1',5003,'answer','sendMessage','{"text": "<b>Berapa poin satu Sabun Sereh?</b> Sekarang 5.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Tetap 5 poin\", \"callback_data\": \"7y56510000:2:keep\"}], [{\"text\": \"↩️ Kembali\", \"callback_data\": \"7y56510000:2:/kembali\"}, {\"text\": \"✖️ Batal\", \"callback_data\": \"7y56510000:2:/batal\"}]]}"}','sent',0,0,0,NULL,NULL,1795399350000000,72,NULL,NULL,'own',1795399350000000,0);
INSERT INTO "outbox" VALUES(73,'u43:1',5004,'answer','sendMessage','{"text": "Mitra siapa yang dicari? Ketik kodenya, nomor HP, atau namanya.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"✖️ Batal\", \"callback_data\": \"7mq1810000:0:/batal\"}]]}"}','sent',0,0,0,NULL,NULL,1795399355000000,73,NULL,NULL,'own',1795399355000000,0);
INSERT INTO "outbox" VALUES(74,'u44:1',5004,'answer','sendMessage','{"text": "Ada beberapa yang cocok. Yang mana?", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Sari Dewi · 015TGJZA\", \"callback_data\": \"7mq1810000:1:015TGJZA\"}], [{\"text\": \"Intan Sari · 015VFGVS\", \"callback_data\": \"7mq1810000:1:015VFGVS\"}], [{\"text\": \"✖️ Batal\", \"callback_data\": \"7mq1810000:1:/batal\"}]]}"}','sent',0,0,0,NULL,NULL,1795399360000000,74,NULL,NULL,'own',1795399360000000,0);
INSERT INTO "outbox" VALUES(75,'u45:1',5005,'answer','sendMessage','{"text": "Bekukan keanggotaan <b>Nina Safitri</b>?\n\nSelama dibekukan: tidak bisa mencatat penjualan atau mengundang, kodenya tidak berlaku untuk orang baru, dan tips berhenti. Saldo, struk, dan datanya tetap bisa dilihat. Orangnya kami kabari.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Ya, bekukan\", \"callback_data\": \"7rry910000:0:ya\"}, {\"text\": \"Tidak\", \"callback_data\": \"7rry910000:0:tidak\"}]]}"}','sent',0,0,0,NULL,NULL,1795399365000000,75,NULL,NULL,'own',1795399365000000,0);
INSERT INTO "outbox" VALUES(76,'u46:1',5006,'answer','sendMessage','{"text": "Buat kode pindah akun untuk <b>Oki Firmansyah</b>?\n\nKodenya sekali pakai, berlaku 24 jam. Orangnya mengirim <code>/pindah</code> dan kode itu dari akun Telegram yang baru, lalu membagikan nomor HP-nya; harus sama dengan yang tercatat (0812-••••-5018). Akun yang lama langsung tidak bisa dipakai lagi. Kode sebelumnya batal.\n\nPastikan dulu ini benar orangnya.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Ya, buat kode\", \"callback_data\": \"7a9xa10000:0:ya\"}, {\"text\": \"Tidak\", \"callback_data\": \"7a9xa10000:0:tidak\"}]]}"}','sent',0,0,0,NULL,NULL,1795399370000000,76,NULL,NULL,'own',1795399370000000,0);
INSERT INTO "outbox" VALUES(77,'u47:1',5007,'answer','sendMessage','{"text": "<b>Harga mitra Teh Hijau yang baru?</b> Sekarang Rp20.000. Ketik jumlahnya, misalnya <code>42rb</code>.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Tetap Rp20.000\", \"callback_data\": \"7wsvb10000:0:keep\"}], [{\"text\": \"✖️ Batal\", \"callback_data\": \"7wsvb10000:0:/batal\"}]]}"}','sent',0,0,0,NULL,NULL,1795399375000000,77,NULL,NULL,'own',1795399375000000,0);
INSERT INTO "outbox" VALUES(78,'u48:toast',5007,'toast','answerCallbackQuery','{"callback_query_id": "t"}','sent',0,0,0,NULL,1795399395000000,1795399380000000,78,NULL,NULL,'own',1795399380000000,0);
INSERT INTO "outbox" VALUES(79,'u48:1',5007,'answer','editMessageText','{"text": "<b>Harga eceran Teh Hijau?</b> Sekarang Rp25.000; paling rendah sama dengan harga mitra, Rp20.000.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Tetap Rp25.000\", \"callback_data\": \"7wsvb10000:1:keep\"}], [{\"text\": \"↩️ Kembali\", \"callback_data\": \"7wsvb10000:1:/kembali\"}, {\"text\": \"✖️ Batal\", \"callback_data\": \"7wsvb10000:1:/batal\"}]]}", "message_id": 1}','sent',0,0,0,NULL,NULL,1795399380000000,79,NULL,NULL,'own',1795399380000000,0);
INSERT INTO "outbox" VALUES(80,'u49:1',5007,'answer','sendMessage','{"text": "<b>Berapa poin satu Teh Hijau?</b> Sekarang 3.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Tetap 3 poin\", \"callback_data\": \"7wsvb10000:2:keep\"}], [{\"text\": \"↩️ Kembali\", \"callback_data\": \"7wsvb10000:2:/kembali\"}, {\"text\": \"✖️ Batal\", \"callback_data\": \"7wsvb10000:2:/batal\"}]]}"}','sent',0,0,0,NULL,NULL,1795399385000000,80,NULL,NULL,'own',1795399385000000,0);
INSERT INTO "outbox" VALUES(81,'u50:toast',5007,'toast','answerCallbackQuery','{"callback_query_id": "t"}','sent',0,0,0,NULL,1795399405000000,1795399390000000,81,NULL,NULL,'own',1795399390000000,0);
INSERT INTO "outbox" VALUES(82,'u50:1',5007,'answer','editMessageText','{"text": "<b>Nilai bonus Teh Hijau?</b> Dari jumlah inilah bonus dihitung. Sekarang Rp20.000; 0 juga boleh.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Tetap Rp20.000\", \"callback_data\": \"7wsvb10000:3:keep\"}], [{\"text\": \"↩️ Kembali\", \"callback_data\": \"7wsvb10000:3:/kembali\"}, {\"text\": \"✖️ Batal\", \"callback_data\": \"7wsvb10000:3:/batal\"}]]}", "message_id": 1}','sent',0,0,0,NULL,NULL,1795399390000000,82,NULL,NULL,'own',1795399390000000,0);
INSERT INTO "outbox" VALUES(83,'u51:toast',5007,'toast','answerCallbackQuery','{"callback_query_id": "t"}','sent',0,0,0,NULL,1795399410000000,1795399395000000,83,NULL,NULL,'own',1795399395000000,0);
INSERT INTO "outbox" VALUES(84,'u51:1',5007,'answer','editMessageText','{"text": "<b>Berlaku mulai kapan?</b> Bisa juga diketik, misalnya <code>15 Januari 2027</code>.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Hari ini\", \"callback_data\": \"7wsvb10000:4:today\"}, {\"text\": \"1 Des\", \"callback_data\": \"7wsvb10000:4:first\"}], [{\"text\": \"↩️ Kembali\", \"callback_data\": \"7wsvb10000:4:/kembali\"}, {\"text\": \"✖️ Batal\", \"callback_data\": \"7wsvb10000:4:/batal\"}]]}", "message_id": 1}','sent',0,0,0,NULL,NULL,1795399395000000,84,NULL,NULL,'own',1795399395000000,0);
INSERT INTO "outbox" VALUES(85,'u52:1',5007,'answer','sendMessage','{"text": "<b>Teh Hijau</b>, mulai 1 Desember 2026:\n\nHarga mitra Rp20.000 → <b>Rp20.000</b>\nHarga eceran Rp25.000 → <b>Rp26.000</b>\nPoin 3 → <b>3</b>\nNilai bonus Rp20.000 → <b>Rp20.000</b>\n\nPenjualan sebelum hari itu tetap memakai harga lama. Sudah benar?", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"✅ Ya, simpan\", \"callback_data\": \"7wsvb10000:5:ya\"}, {\"text\": \"Tidak\", \"callback_data\": \"7wsvb10000:5:tidak\"}], [{\"text\": \"↩️ Kembali\", \"callback_data\": \"7wsvb10000:5:/kembali\"}]]}"}','sent',0,0,0,NULL,NULL,1795399400000000,85,NULL,NULL,'own',1795399400000000,0);
INSERT INTO "outbox" VALUES(86,'u53:1',5007,'answer','sendMessage','{"text": "Tersimpan. Mulai 1 Desember 2026 harga <b>Teh Hijau</b> Rp26.000, harga mitra Rp20.000. Sampai hari itu masih bisa diurungkan.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Lihat produk\", \"callback_data\": \"/produk p 2\"}, {\"text\": \"Panel\", \"callback_data\": \"/kelola\"}]]}"}','sent',0,0,0,NULL,NULL,1795399405000000,86,NULL,NULL,'own',1795399405000000,0);
INSERT INTO "outbox" VALUES(87,'u54:1',5007,'answer','sendMessage','{"text": "Urungkan harga baru <b>Teh Hijau</b> yang mulai 1 Desember 2026? Harga sebelumnya jalan terus.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Ya, urungkan\", \"callback_data\": \"7tdhj10000:0:ya\"}, {\"text\": \"Tidak\", \"callback_data\": \"7tdhj10000:0:tidak\"}]]}"}','sent',0,0,0,NULL,NULL,1795399410000000,87,NULL,NULL,'own',1795399410000000,0);
INSERT INTO "outbox" VALUES(88,'u55:1',5008,'answer','sendMessage','{"text": "Setujui <b>3</b> penjualan sekaligus, total Rp185.000?", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"✅ Ya, semua\", \"callback_data\": \"7cyfk10000:0:ya\"}, {\"text\": \"Tidak\", \"callback_data\": \"7cyfk10000:0:tidak\"}]]}"}','sent',0,0,0,NULL,NULL,1795399415000000,88,NULL,NULL,'own',1795399415000000,0);
INSERT INTO "outbox" VALUES(89,'u56:1',5012,'answer','sendMessage','{"text": "📣 Tulis pesannya di sini.\n\nBoleh pakai <code>{nama}</code>, <code>{sapaan}</code>, <code>{provinsi}</code>, atau <code>{kode}</code>: nanti terisi sendiri untuk tiap mitra. Contoh: <code>Halo {sapaan} {nama}</code> jadi “Halo Ibu Sari”.\n\nMau tebal? Tulis <code>&lt;b&gt;kata&lt;/b&gt;</code>.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"✖️ Batal\", \"callback_data\": \"7yeem10000:0:/batal\"}]]}"}','sent',0,0,0,NULL,NULL,1795399420000000,89,NULL,NULL,'own',1795399420000000,0);
INSERT INTO "outbox" VALUES(90,'u57:1',5012,'answer','sendMessage','{"text": "Ada foto atau dokumennya? Kirim satu sekarang, atau lanjut tanpa lampiran.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Tanpa lampiran\", \"callback_data\": \"7yeem10000:1:tanpa\"}], [{\"text\": \"↩️ Kembali\", \"callback_data\": \"7yeem10000:1:/kembali\"}, {\"text\": \"✖️ Batal\", \"callback_data\": \"7yeem10000:1:/batal\"}]]}"}','sent',0,0,0,NULL,NULL,1795399425000000,90,NULL,NULL,'own',1795399425000000,0);
INSERT INTO "outbox" VALUES(91,'u58:toast',5012,'toast','answerCallbackQuery','{"callback_query_id": "t"}','sent',0,0,0,NULL,1795399445000000,1795399430000000,91,NULL,NULL,'own',1795399430000000,0);
INSERT INTO "outbox" VALUES(92,'u58:1',5012,'answer','editMessageReplyMarkup','{"message_id": 1}','sent',0,0,0,NULL,NULL,1795399430000000,92,NULL,NULL,'own',1795399430000000,0);
INSERT INTO "outbox" VALUES(93,'u58:2',5012,'answer','sendMessage','{"parse_mode": "HTML", "text": "Halo Bayu, besok latihan jam 9."}','sent',0,0,0,NULL,NULL,1795399430000000,93,NULL,NULL,'own',1795399430000000,0);
INSERT INTO "outbox" VALUES(94,'u58:3',5012,'answer','sendMessage','{"text": "Begitulah pesannya sampai di mitra, contohnya dengan data Ibu sendiri. Dikirim ke siapa?", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Semua mitra\", \"callback_data\": \"7yeem10000:2:all\"}, {\"text\": \"Tim saya\", \"callback_data\": \"7yeem10000:2:team\"}], [{\"text\": \"Jualan 2 bulan ini\", \"callback_data\": \"7yeem10000:2:active\"}, {\"text\": \"Baru 30 hari\", \"callback_data\": \"7yeem10000:2:new\"}], [{\"text\": \"WIB\", \"callback_data\": \"7yeem10000:2:WIB\"}, {\"text\": \"WITA\", \"callback_data\": \"7yeem10000:2:WITA\"}, {\"text\": \"WIT\", \"callback_data\": \"7yeem10000:2:WIT\"}], [{\"text\": \"Tulis ulang\", \"callback_data\": \"7yeem10000:2:ubah\"}, {\"text\": \"✖️ Batal\", \"callback_data\": \"7yeem10000:2:/batal\"}]]}"}','sent',0,0,0,NULL,NULL,1795399430000000,94,NULL,NULL,'own',1795399430000000,0);
INSERT INTO "outbox" VALUES(95,'u59:toast',5012,'toast','answerCallbackQuery','{"callback_query_id": "t"}','sent',0,0,0,NULL,1795399450000000,1795399435000000,95,NULL,NULL,'own',1795399435000000,0);
INSERT INTO "outbox" VALUES(96,'u59:1',5012,'answer','editMessageText','{"text": "<b>21 orang</b> (semua mitra), lamanya tidak sampai semenit. Mau mulai kapan? Jam lain boleh diketik, misalnya 14.15.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Sekarang\", \"callback_data\": \"7yeem10000:3:sekarang\"}], [{\"text\": \"09.00\", \"callback_data\": \"7yeem10000:3:09:00\"}, {\"text\": \"10.30\", \"callback_data\": \"7yeem10000:3:10:30\"}, {\"text\": \"13.30\", \"callback_data\": \"7yeem10000:3:13:30\"}], [{\"text\": \"16.30\", \"callback_data\": \"7yeem10000:3:16:30\"}, {\"text\": \"19.30\", \"callback_data\": \"7yeem10000:3:19:30\"}], [{\"text\": \"↩️ Kembali\", \"callback_data\": \"7yeem10000:3:/kembali\"}, {\"text\": \"✖️ Batal\", \"callback_data\": \"7yeem10000:3:/batal\"}]]}", "message_id": 1}','sent',0,0,0,NULL,NULL,1795399435000000,96,NULL,NULL,'own',1795399435000000,0);
INSERT INTO "outbox" VALUES(97,'u60:toast',5012,'toast','answerCallbackQuery','{"callback_query_id": "t"}','sent',0,0,0,NULL,1795399455000000,1795399440000000,97,NULL,NULL,'own',1795399440000000,0);
INSERT INTO "outbox" VALUES(98,'u60:1',5012,'answer','editMessageText','{"text": "Kirim ke <b>21 orang</b> (semua mitra)?\n\nMulai 23 November 2026, 19.30 WIB. Lamanya tidak sampai semenit, dan selesai 24 November 2026, 06.00 WIB, karena malam dan hari libur kami tidak mengirim.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Ya, kirim\", \"callback_data\": \"7yeem10000:4:ya\"}], [{\"text\": \"↩️ Kembali\", \"callback_data\": \"7yeem10000:4:/kembali\"}, {\"text\": \"✖️ Batal\", \"callback_data\": \"7yeem10000:4:/batal\"}]]}", "message_id": 1}','sent',0,0,0,NULL,NULL,1795399440000000,98,NULL,NULL,'own',1795399440000000,0);
INSERT INTO "outbox" VALUES(99,'u61:1',5013,'answer','sendMessage','{"text": "<b>Nama lengkap Ibu?</b> Seperti di KTP, karena dipakai di struk dan pembayaran bonus.", "parse_mode": "HTML"}','sent',0,0,0,NULL,NULL,1795399445000000,99,NULL,NULL,'own',1795399445000000,0);
INSERT INTO "outbox" VALUES(100,'u62:1',5013,'answer','sendMessage','{"text": "Namanya jadi <b>Intan Sari Lestari</b>, seperti di KTP?", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Ya, ganti\", \"callback_data\": \"7r17s10000:1:ya\"}, {\"text\": \"Bukan\", \"callback_data\": \"7r17s10000:1:tidak\"}], [{\"text\": \"↩️ Kembali\", \"callback_data\": \"7r17s10000:1:/kembali\"}, {\"text\": \"✖️ Batal\", \"callback_data\": \"7r17s10000:1:/batal\"}]]}"}','sent',0,0,0,NULL,NULL,1795399450000000,100,NULL,NULL,'own',1795399450000000,0);
INSERT INTO "outbox" VALUES(101,'u63:1',5014,'answer','sendMessage','{"text": "Mau kami panggil apa?", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Bapak\", \"callback_data\": \"7w24v10000:0:Bapak\"}, {\"text\": \"Ibu\", \"callback_data\": \"7w24v10000:0:Ibu\"}, {\"text\": \"Kak\", \"callback_data\": \"7w24v10000:0:Kak\"}], [{\"text\": \"✖️ Batal\", \"callback_data\": \"7w24v10000:0:/batal\"}]]}"}','sent',0,0,0,NULL,NULL,1795399455000000,101,NULL,NULL,'own',1795399455000000,0);
INSERT INTO "outbox" VALUES(102,'u64:1',5015,'answer','sendMessage','{"text": "<b>Nomor HP yang biasa dipakai?</b> Cukup tekan tombol di bawah. Bisa juga diketik.", "parse_mode": "HTML", "reply_markup": "{\"keyboard\": [[{\"text\": \"📱 Kirim nomor saya\", \"request_contact\": true}]], \"resize_keyboard\": true, \"one_time_keyboard\": true}"}','uncertain',0,0,0,NULL,NULL,1795399460000000,102,NULL,NULL,'own',1795399460000000,0);
INSERT INTO "outbox" VALUES(103,'u65:1',5016,'answer','sendMessage','{"text": "<b>Ibu tinggal di provinsi mana?</b> Pilih, atau ketik nama provinsi atau kotanya. Dari situ kami tahu jam Ibu: WIB, WITA, atau WIT.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Jawa Barat\", \"callback_data\": \"7041x10000:0:jawa-barat\"}, {\"text\": \"Jawa Timur\", \"callback_data\": \"7041x10000:0:jawa-timur\"}], [{\"text\": \"Jawa Tengah\", \"callback_data\": \"7041x10000:0:jawa-tengah\"}, {\"text\": \"DKI Jakarta\", \"callback_data\": \"7041x10000:0:dki-jakarta\"}], [{\"text\": \"Banten\", \"callback_data\": \"7041x10000:0:banten\"}, {\"text\": \"Sumatera Utara\", \"callback_data\": \"7041x10000:0:sumatera-utara\"}], [{\"text\": \"Sulawesi Selatan\", \"callback_data\": \"7041x10000:0:sulawesi-selatan\"}, {\"text\": \"Lampung\", \"callback_data\": \"7041x10000:0:lampung\"}]]}"}','sent',0,0,0,NULL,NULL,1795399465000000,103,NULL,NULL,'own',1795399465000000,0);
INSERT INTO "outbox" VALUES(104,'u66:1',5016,'answer','sendMessage','{"text": "Yang mana, Ibu?", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Sulawesi Utara\", \"callback_data\": \"7041x10000:1:sulawesi-utara\"}], [{\"text\": \"Sulawesi Tengah\", \"callback_data\": \"7041x10000:1:sulawesi-tengah\"}], [{\"text\": \"Sulawesi Selatan\", \"callback_data\": \"7041x10000:1:sulawesi-selatan\"}], [{\"text\": \"Sulawesi Tenggara\", \"callback_data\": \"7041x10000:1:sulawesi-tenggara\"}], [{\"text\": \"Sulawesi Barat\", \"callback_data\": \"7041x10000:1:sulawesi-barat\"}]]}"}','sent',0,0,0,NULL,NULL,1795399470000000,104,NULL,NULL,'own',1795399470000000,0);
INSERT INTO "outbox" VALUES(105,'u67:1',5017,'answer','sendMessage','{"text": "Tips harian enaknya datang jam berapa? Jam lain boleh diketik, misalnya 16.30.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"08.00\", \"callback_data\": \"745yy10000:0:08:00\"}, {\"text\": \"09.00\", \"callback_data\": \"745yy10000:0:09:00\"}, {\"text\": \"10.00\", \"callback_data\": \"745yy10000:0:10:00\"}, {\"text\": \"11.00\", \"callback_data\": \"745yy10000:0:11:00\"}], [{\"text\": \"12.00\", \"callback_data\": \"745yy10000:0:12:00\"}, {\"text\": \"13.00\", \"callback_data\": \"745yy10000:0:13:00\"}, {\"text\": \"14.00\", \"callback_data\": \"745yy10000:0:14:00\"}, {\"text\": \"15.00\", \"callback_data\": \"745yy10000:0:15:00\"}], [{\"text\": \"16.00\", \"callback_data\": \"745yy10000:0:16:00\"}, {\"text\": \"17.00\", \"callback_data\": \"745yy10000:0:17:00\"}, {\"text\": \"18.00\", \"callback_data\": \"745yy10000:0:18:00\"}, {\"text\": \"19.00\", \"callback_data\": \"745yy10000:0:19:00\"}], [{\"text\": \"✖️ Batal\", \"callback_data\": \"745yy10000:0:/batal\"}]]}"}','sent',0,0,0,NULL,NULL,1795399475000000,105,NULL,NULL,'own',1795399475000000,0);
INSERT INTO "outbox" VALUES(106,'u68:1',5018,'answer','sendMessage','{"text": "Produk apa yang dicari? Ketik namanya, sebagian juga boleh, misalnya <code>madu</code>.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"✖️ Batal\", \"callback_data\": \"7pnwz10000:0:/batal\"}]]}"}','sent',0,0,0,NULL,NULL,1795399480000000,106,NULL,NULL,'own',1795399480000000,0);
INSERT INTO "outbox" VALUES(107,'u69:1',5019,'answer','sendMessage','{"text": "🔎 Siapa yang dicari? Tulis nama, sebagian nama, atau kodenya.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"✖️ Batal\", \"callback_data\": \"786v020000:0:/batal\"}]]}"}','sent',0,0,0,NULL,NULL,1795399485000000,107,NULL,NULL,'own',1795399485000000,0);
INSERT INTO "outbox" VALUES(108,'u70:1',5023,'answer','sendMessage','{"text": "Halo, selamat datang di PT Jual Dulu Nusantara.\n\nKode ini milik <b>Sari D.</b>\nBenar beliau yang mengenalkan Anda pada kami?", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Ya, benar\", \"callback_data\": \"7tps120000:0:yes\"}, {\"text\": \"Bukan\", \"callback_data\": \"7tps120000:0:no\"}], [{\"text\": \"Saya sudah mitra\", \"callback_data\": \"7tps120000:0:member\"}], [{\"text\": \"🇬🇧 English\", \"callback_data\": \"7tps120000:0:en\"}]]}"}','sent',0,0,0,NULL,NULL,1795399490000000,108,NULL,NULL,'own',1795399490000000,0);
INSERT INTO "outbox" VALUES(109,'u71:toast',5023,'toast','answerCallbackQuery','{"callback_query_id": "t"}','sent',0,0,0,NULL,1795399510000000,1795399495000000,109,NULL,NULL,'own',1795399495000000,0);
INSERT INTO "outbox" VALUES(110,'u71:1',5023,'answer','editMessageText','{"text": "Baik. <b>Enaknya kami panggil apa?</b>", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Ibu\", \"callback_data\": \"7tps120000:1:Ibu\"}, {\"text\": \"Bapak\", \"callback_data\": \"7tps120000:1:Bapak\"}, {\"text\": \"Kak\", \"callback_data\": \"7tps120000:1:Kak\"}]]}", "message_id": 1}','sent',0,0,0,NULL,NULL,1795399495000000,110,NULL,NULL,'own',1795399495000000,0);
INSERT INTO "outbox" VALUES(111,'u72:toast',5023,'toast','answerCallbackQuery','{"callback_query_id": "t"}','sent',0,0,0,NULL,1795399515000000,1795399500000000,111,NULL,NULL,'own',1795399500000000,0);
INSERT INTO "outbox" VALUES(112,'u72:1',5023,'answer','editMessageText','{"text": "Sebelum bergabung, ada 5 kartu pendek untuk Kakak baca.\n\n1/5 · <b>Kenalan dulu</b>\n\nPT Jual Dulu Nusantara menjual sabun, madu, dan teh lewat mitra yang bertemu langsung dengan pelanggannya.\n\nKantor kami di Jalan Contoh 1, Makassar, dan boleh didatangi. Izin penjualan langsung: KBLI 47999, NIB 0000000000000.\n\nMendaftar tidak dipungut bayaran. Satu orang, satu keanggotaan. Mau tanya dulu? WA 0812-0000-9000.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Sudah saya baca\", \"callback_data\": \"7tps120000:2:company.1\"}]]}", "message_id": 1}','sent',0,0,0,NULL,NULL,1795399500000000,112,NULL,NULL,'own',1795399500000000,0);
INSERT INTO "outbox" VALUES(113,'u73:toast',5023,'toast','answerCallbackQuery','{"callback_query_id": "t"}','sent',0,0,0,NULL,1795399520000000,1795399505000000,113,NULL,NULL,'own',1795399505000000,0);
INSERT INTO "outbox" VALUES(114,'u73:1',5023,'answer','editMessageText','{"text": "2/5 · <b>Barang kami</b>\n\nSetiap barang punya izin edar; nomornya tertulis di kemasan. Isi, cara pakai, dan tanggal kedaluwarsa ada di label.\n\nRusak atau keliru saat diterima? Kami ganti. Pelanggan boleh mengembalikan barang dalam 7 hari. Stok Anda yang masih layak jual kami beli kembali, dengan potongan paling banyak 10%.\n\nBarang kami bukan obat. Cukup ceritakan yang tertulis di label.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Sudah saya baca\", \"callback_data\": \"7tps120000:3:goods.1\"}]]}", "message_id": 1}','sent',0,0,0,NULL,NULL,1795399505000000,114,NULL,NULL,'own',1795399505000000,0);
INSERT INTO "outbox" VALUES(115,'u74:1',5024,'answer','sendMessage','{"text": "Halo, selamat datang di PT Jual Dulu Nusantara.\n\nKode ini milik <b>Sari D.</b>\nBenar beliau yang mengenalkan Anda pada kami?", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Ya, benar\", \"callback_data\": \"72sk520000:0:yes\"}, {\"text\": \"Bukan\", \"callback_data\": \"72sk520000:0:no\"}], [{\"text\": \"Saya sudah mitra\", \"callback_data\": \"72sk520000:0:member\"}], [{\"text\": \"🇬🇧 English\", \"callback_data\": \"72sk520000:0:en\"}]]}"}','sent',0,0,0,NULL,NULL,1795399510000000,115,NULL,NULL,'own',1795399510000000,0);
INSERT INTO "outbox" VALUES(116,'u75:toast',5024,'toast','answerCallbackQuery','{"callback_query_id": "t"}','sent',0,0,0,NULL,1795399530000000,1795399515000000,116,NULL,NULL,'own',1795399515000000,0);
INSERT INTO "outbox" VALUES(117,'u75:1',5024,'answer','editMessageText','{"text": "Baik. <b>Enaknya kami panggil apa?</b>", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Ibu\", \"callback_data\": \"72sk520000:1:Ibu\"}, {\"text\": \"Bapak\", \"callback_data\": \"72sk520000:1:Bapak\"}, {\"text\": \"Kak\", \"callback_data\": \"72sk520000:1:Kak\"}]]}", "message_id": 1}','sent',0,0,0,NULL,NULL,1795399515000000,117,NULL,NULL,'own',1795399515000000,0);
INSERT INTO "outbox" VALUES(118,'u76:toast',5024,'toast','answerCallbackQuery','{"callback_query_id": "t"}','sent',0,0,0,NULL,1795399535000000,1795399520000000,118,NULL,NULL,'own',1795399520000000,0);
INSERT INTO "outbox" VALUES(119,'u76:1',5024,'answer','editMessageText','{"text": "Sebelum bergabung, ada 5 kartu pendek untuk Bapak baca.\n\n1/5 · <b>Kenalan dulu</b>\n\nPT Jual Dulu Nusantara menjual sabun, madu, dan teh lewat mitra yang bertemu langsung dengan pelanggannya.\n\nKantor kami di Jalan Contoh 1, Makassar, dan boleh didatangi. Izin penjualan langsung: KBLI 47999, NIB 0000000000000.\n\nMendaftar tidak dipungut bayaran. Satu orang, satu keanggotaan. Mau tanya dulu? WA 0812-0000-9000.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Sudah saya baca\", \"callback_data\": \"72sk520000:2:company.1\"}]]}", "message_id": 1}','sent',0,0,0,NULL,NULL,1795399520000000,119,NULL,NULL,'own',1795399520000000,0);
INSERT INTO "outbox" VALUES(120,'u77:toast',5024,'toast','answerCallbackQuery','{"callback_query_id": "t"}','sent',0,0,0,NULL,1795399540000000,1795399525000000,120,NULL,NULL,'own',1795399525000000,0);
INSERT INTO "outbox" VALUES(121,'u77:1',5024,'answer','editMessageText','{"text": "2/5 · <b>Barang kami</b>\n\nSetiap barang punya izin edar; nomornya tertulis di kemasan. Isi, cara pakai, dan tanggal kedaluwarsa ada di label.\n\nRusak atau keliru saat diterima? Kami ganti. Pelanggan boleh mengembalikan barang dalam 7 hari. Stok Anda yang masih layak jual kami beli kembali, dengan potongan paling banyak 10%.\n\nBarang kami bukan obat. Cukup ceritakan yang tertulis di label.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Sudah saya baca\", \"callback_data\": \"72sk520000:3:goods.1\"}]]}", "message_id": 1}','sent',0,0,0,NULL,NULL,1795399525000000,121,NULL,NULL,'own',1795399525000000,0);
INSERT INTO "outbox" VALUES(122,'u78:toast',5024,'toast','answerCallbackQuery','{"callback_query_id": "t"}','sent',0,0,0,NULL,1795399545000000,1795399530000000,122,NULL,NULL,'own',1795399530000000,0);
INSERT INTO "outbox" VALUES(123,'u78:1',5024,'answer','editMessageText','{"text": "3/5 · <b>Dari mana uangnya</b>\n\nYang pertama untung Anda sendiri: selisih harga jual dengan harga mitra.\n\nDi atasnya ada bonus, dan bonus hanya dihitung dari barang yang terjual ke pelanggan, oleh Anda dan tim. Mengajak orang tidak dibayar.\n\nTidak ada kewajiban belanja: tidak untuk bergabung, tidak untuk naik peringkat. Bonus menjadi pasti setelah tutup buku akhir bulan.\n\nHasil tiap orang berbeda dan bisa juga nol. Semuanya tergantung penjualan.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Sudah saya baca\", \"callback_data\": \"72sk520000:4:plan.1\"}]]}", "message_id": 1}','sent',0,0,0,NULL,NULL,1795399530000000,123,NULL,NULL,'own',1795399530000000,0);
INSERT INTO "outbox" VALUES(124,'u79:toast',5024,'toast','answerCallbackQuery','{"callback_query_id": "t"}','sent',0,0,0,NULL,1795399550000000,1795399535000000,124,NULL,NULL,'own',1795399535000000,0);
INSERT INTO "outbox" VALUES(125,'u79:1',5024,'answer','editMessageText','{"text": "4/5 · <b>Janji kita bersama</b>\n\n• Sebut nama, perusahaan, dan maksud sejak awal.\n• Jujur soal barang dan harga, dan selalu beri struk.\n• Tidak menjanjikan penghasilan, tidak menjanjikan kesembuhan.\n• Tidak memaksa: kalau orang bilang tidak, kita hargai.\n• Menyetok secukupnya, bukan demi poin.\n• Menjual langsung ke orang, bukan lewat marketplace.\n• Data pelanggan kita jaga, tidak kita bagikan.\n\nMelihat yang tidak sesuai? Ceritakan ke kantor, nama Anda kami rahasiakan.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Sudah saya baca\", \"callback_data\": \"72sk520000:5:ethics.1\"}]]}", "message_id": 1}','sent',0,0,0,NULL,NULL,1795399535000000,125,NULL,NULL,'own',1795399535000000,0);
INSERT INTO "outbox" VALUES(126,'u80:toast',5024,'toast','answerCallbackQuery','{"callback_query_id": "t"}','sent',0,0,0,NULL,1795399555000000,1795399540000000,126,NULL,NULL,'own',1795399540000000,0);
INSERT INTO "outbox" VALUES(127,'u80:1',5024,'answer','editMessageText','{"text": "5/5 · <b>Data Anda</b>\n\nYang kami simpan: nama, nomor HP, penjualan, pelanggan yang Anda catat, dan bonus. Gunanya untuk menghitung dan membayar dengan benar, dan untuk mengirim pelajaran.\n\nTim di atas Anda melihat nama, kode, peringkat, keaktifan, poin, dan nilai bonus penjualan Anda; nomor HP hanya kalau Anda izinkan. Pelanggan, rekening, dan penghasilan Anda tidak mereka lihat.\n\nObrolan ini lewat Telegram, dan server Telegram ada di luar negeri.\n\nAnda berhak melihat, membetulkan, meminta salinan, dan menghapus data, atau berhenti kapan saja: cukup hubungi kantor. Catatan uang kami simpan 10 tahun sesuai aturan pembukuan; yang lain kami hapus 90 hari setelah Anda berhenti.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Sudah saya baca\", \"callback_data\": \"72sk520000:6:privacy.1\"}]]}", "message_id": 1}','sent',0,0,0,NULL,NULL,1795399540000000,127,NULL,NULL,'own',1795399540000000,0);
INSERT INTO "outbox" VALUES(128,'u81:toast',5024,'toast','answerCallbackQuery','{"callback_query_id": "t"}','sent',0,0,0,NULL,1795399560000000,1795399545000000,128,NULL,NULL,'own',1795399545000000,0);
INSERT INTO "outbox" VALUES(129,'u81:1',5024,'answer','editMessageText','{"text": "<b>Nama lengkap Bapak?</b> Seperti di KTP, karena dipakai di struk dan pembayaran bonus.", "parse_mode": "HTML", "message_id": 1}','sent',0,0,0,NULL,NULL,1795399545000000,129,NULL,NULL,'own',1795399545000000,0);
INSERT INTO "outbox" VALUES(130,'u82:1',5024,'answer','sendMessage','{"text": "<b>Nomor HP yang biasa dipakai?</b> Cukup tekan tombol di bawah. Bisa juga diketik.", "parse_mode": "HTML", "reply_markup": "{\"keyboard\": [[{\"text\": \"📱 Kirim nomor saya\", \"request_contact\": true}]], \"resize_keyboard\": true, \"one_time_keyboard\": true}"}','sent',0,0,0,NULL,NULL,1795399550000000,130,NULL,NULL,'own',1795399550000000,0);
INSERT INTO "outbox" VALUES(131,'u83:1',5024,'answer','sendMessage','{"text": "<b>Tahun lahir Bapak?</b> Cukup empat angka, misalnya 1978. Untuk bergabung, paling muda 18 tahun.", "parse_mode": "HTML", "reply_markup": "{\"remove_keyboard\": true}"}','sent',0,0,0,NULL,NULL,1795399555000000,131,NULL,NULL,'own',1795399555000000,0);
INSERT INTO "outbox" VALUES(132,'u84:1',5024,'answer','sendMessage','{"text": "<b>Bapak tinggal di provinsi mana?</b> Pilih, atau ketik nama provinsi atau kotanya. Dari situ kami tahu jam Bapak: WIB, WITA, atau WIT.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Jawa Barat\", \"callback_data\": \"72sk520000:10:jawa-barat\"}, {\"text\": \"Jawa Timur\", \"callback_data\": \"72sk520000:10:jawa-timur\"}], [{\"text\": \"Jawa Tengah\", \"callback_data\": \"72sk520000:10:jawa-tengah\"}, {\"text\": \"DKI Jakarta\", \"callback_data\": \"72sk520000:10:dki-jakarta\"}], [{\"text\": \"Banten\", \"callback_data\": \"72sk520000:10:banten\"}, {\"text\": \"Sumatera Utara\", \"callback_data\": \"72sk520000:10:sumatera-utara\"}], [{\"text\": \"Sulawesi Selatan\", \"callback_data\": \"72sk520000:10:sulawesi-selatan\"}, {\"text\": \"Lampung\", \"callback_data\": \"72sk520000:10:lampung\"}]]}"}','sent',0,0,0,NULL,NULL,1795399560000000,132,NULL,NULL,'own',1795399560000000,0);
INSERT INTO "outbox" VALUES(133,'u85:toast',5024,'toast','answerCallbackQuery','{"callback_query_id": "t"}','sent',0,0,0,NULL,1795399580000000,1795399565000000,133,NULL,NULL,'own',1795399565000000,0);
INSERT INTO "outbox" VALUES(134,'u85:1',5024,'answer','editMessageText','{"text": "<b>Sudah benar semua, Bapak?</b>\n\nNama: Rudi Hartono\nPanggilan: Bapak\nNomor HP: +62 813-0000-7777 (diketik)\nTahun lahir: 1980\nProvinsi: Jawa Barat, jam WIB\nSponsor: Sari D.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Simpan\", \"callback_data\": \"72sk520000:11:yes\"}, {\"text\": \"Ubah\", \"callback_data\": \"72sk520000:11:no\"}]]}", "message_id": 1}','sent',0,0,0,NULL,NULL,1795399565000000,134,NULL,NULL,'own',1795399565000000,0);
INSERT INTO "outbox" VALUES(135,'u86:toast',5024,'toast','answerCallbackQuery','{"callback_query_id": "t"}','sent',0,0,0,NULL,1795399585000000,1795399570000000,135,NULL,NULL,'own',1795399570000000,0);
INSERT INTO "outbox" VALUES(136,'u86:1',5024,'answer','editMessageReplyMarkup','{"message_id": 1}','sent',0,0,0,NULL,NULL,1795399570000000,136,NULL,NULL,'own',1795399570000000,0);
INSERT INTO "outbox" VALUES(137,'u86:2',5024,'answer','sendMessage','{"text": "Nomor itu sudah dipakai seorang mitra. Kalau itu nomor Bapak, tekan tombol di bawah, atau hubungi kantor: WA 0812-0000-9000. Kalau ada nomor lain, pakai yang lain dulu.\n\n<b>Nomor HP yang biasa dipakai?</b> Cukup tekan tombol di bawah. Bisa juga diketik.", "parse_mode": "HTML", "reply_markup": "{\"keyboard\": [[{\"text\": \"📱 Kirim nomor saya\", \"request_contact\": true}]], \"resize_keyboard\": true, \"one_time_keyboard\": true}"}','sent',0,0,0,NULL,NULL,1795399570000000,137,NULL,NULL,'own',1795399570000000,0);
INSERT INTO "outbox" VALUES(138,'u87:1',5025,'answer','sendMessage','{"text": "Halo, selamat datang di PT Jual Dulu Nusantara.\n\nSiapa yang mengenalkan kami? Ketik <b>kode sponsor</b> dari beliau: delapan huruf dan angka. Dari tautan atau QR, kodenya terisi sendiri.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Belum punya kode\", \"callback_data\": \"7cg0j20000:0:none\"}], [{\"text\": \"Saya sudah mitra\", \"callback_data\": \"7cg0j20000:0:member\"}], [{\"text\": \"🇬🇧 English\", \"callback_data\": \"7cg0j20000:0:en\"}]]}"}','sent',0,0,0,NULL,NULL,1795399575000000,138,NULL,NULL,'own',1795399575000000,0);
INSERT INTO "outbox" VALUES(139,'u88:toast',5025,'toast','answerCallbackQuery','{"callback_query_id": "t"}','sent',0,0,0,NULL,1795399595000000,1795399580000000,139,NULL,NULL,'own',1795399580000000,0);
INSERT INTO "outbox" VALUES(140,'u88:1',5025,'answer','editMessageText','{"text": "Tidak apa-apa. Tanya langsung ke kantor: WA 0812-0000-9000.\n\nAtau kami yang menghubungi Anda, hanya soal ini. <b>Siapa nama Anda?</b>", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Sudah ada kode\", \"callback_data\": \"7cg0j20000:1:have\"}]]}", "message_id": 1}','sent',0,0,0,NULL,NULL,1795399580000000,140,NULL,NULL,'own',1795399580000000,0);
INSERT INTO "outbox" VALUES(141,'u89:1',5025,'answer','sendMessage','{"text": "Terima kasih, Susi. Nomor HP yang bisa dihubungi? Cukup tekan tombol di bawah, atau ketik nomornya.", "parse_mode": "HTML", "reply_markup": "{\"keyboard\": [[{\"text\": \"📱 Kirim nomor saya\", \"request_contact\": true}]], \"resize_keyboard\": true, \"one_time_keyboard\": true}"}','sent',0,0,0,NULL,NULL,1795399585000000,141,NULL,NULL,'own',1795399585000000,0);
INSERT INTO "outbox" VALUES(142,'u90:1',5026,'answer','sendMessage','{"text": "<b>Tekan tombol di bawah</b> untuk mengirim nomor HP Anda. Kalau nomor itu ada di data kantor, Anda tidak perlu mendaftar lagi.\n\nTernyata belum pernah jadi mitra? Ketik /daftar", "parse_mode": "HTML", "reply_markup": "{\"keyboard\": [[{\"text\": \"📱 Kirim nomor saya\", \"request_contact\": true}]], \"resize_keyboard\": true, \"one_time_keyboard\": true}"}','sent',0,0,0,NULL,NULL,1795399590000000,142,NULL,NULL,'own',1795399590000000,0);
INSERT INTO "outbox" VALUES(143,'u91:1',5026,'answer','sendMessage','{"text": "Ketemu. <b>Ini Tono Hidayat?</b>\n\nNomor mitra: M-12\nSponsor: Budi W.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Ya, itu saya\", \"callback_data\": \"722wm20000:1:yes\"}, {\"text\": \"Bukan\", \"callback_data\": \"722wm20000:1:no\"}]]}"}','sent',0,0,0,NULL,NULL,1795399595000000,143,NULL,NULL,'own',1795399595000000,0);
INSERT INTO "outbox" VALUES(144,'u92:toast',5026,'toast','answerCallbackQuery','{"callback_query_id": "t"}','sent',0,0,0,NULL,1795399615000000,1795399600000000,144,NULL,NULL,'own',1795399600000000,0);
INSERT INTO "outbox" VALUES(145,'u92:1',5026,'answer','editMessageText','{"text": "Baik. <b>Enaknya kami panggil apa?</b>", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Ibu\", \"callback_data\": \"722wm20000:2:Ibu\"}, {\"text\": \"Bapak\", \"callback_data\": \"722wm20000:2:Bapak\"}, {\"text\": \"Kak\", \"callback_data\": \"722wm20000:2:Kak\"}]]}", "message_id": 1}','sent',0,0,0,NULL,NULL,1795399600000000,145,NULL,NULL,'own',1795399600000000,0);
INSERT INTO "outbox" VALUES(146,'u93:toast',5026,'toast','answerCallbackQuery','{"callback_query_id": "t"}','sent',0,0,0,NULL,1795399620000000,1795399605000000,146,NULL,NULL,'own',1795399605000000,0);
INSERT INTO "outbox" VALUES(147,'u93:1',5026,'answer','editMessageText','{"text": "Sebelum mulai di sini, ada 5 kartu pendek untuk Bapak baca.\n\n1/5 · <b>Kenalan dulu</b>\n\nPT Jual Dulu Nusantara menjual sabun, madu, dan teh lewat mitra yang bertemu langsung dengan pelanggannya.\n\nKantor kami di Jalan Contoh 1, Makassar, dan boleh didatangi. Izin penjualan langsung: KBLI 47999, NIB 0000000000000.\n\nMendaftar tidak dipungut bayaran. Satu orang, satu keanggotaan. Mau tanya dulu? WA 0812-0000-9000.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Sudah saya baca\", \"callback_data\": \"722wm20000:3:company.1\"}]]}", "message_id": 1}','sent',0,0,0,NULL,NULL,1795399605000000,147,NULL,NULL,'own',1795399605000000,0);
INSERT INTO "outbox" VALUES(148,'u94:toast',5026,'toast','answerCallbackQuery','{"callback_query_id": "t"}','sent',0,0,0,NULL,1795399625000000,1795399610000000,148,NULL,NULL,'own',1795399610000000,0);
INSERT INTO "outbox" VALUES(149,'u94:1',5026,'answer','editMessageText','{"text": "2/5 · <b>Barang kami</b>\n\nSetiap barang punya izin edar; nomornya tertulis di kemasan. Isi, cara pakai, dan tanggal kedaluwarsa ada di label.\n\nRusak atau keliru saat diterima? Kami ganti. Pelanggan boleh mengembalikan barang dalam 7 hari. Stok Anda yang masih layak jual kami beli kembali, dengan potongan paling banyak 10%.\n\nBarang kami bukan obat. Cukup ceritakan yang tertulis di label.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Sudah saya baca\", \"callback_data\": \"722wm20000:4:goods.1\"}]]}", "message_id": 1}','sent',0,0,0,NULL,NULL,1795399610000000,149,NULL,NULL,'own',1795399610000000,0);
INSERT INTO "outbox" VALUES(150,'u95:toast',5026,'toast','answerCallbackQuery','{"callback_query_id": "t"}','sent',0,0,0,NULL,1795399630000000,1795399615000000,150,NULL,NULL,'own',1795399615000000,0);
INSERT INTO "outbox" VALUES(151,'u95:1',5026,'answer','editMessageText','{"text": "3/5 · <b>Dari mana uangnya</b>\n\nYang pertama untung Anda sendiri: selisih harga jual dengan harga mitra.\n\nDi atasnya ada bonus, dan bonus hanya dihitung dari barang yang terjual ke pelanggan, oleh Anda dan tim. Mengajak orang tidak dibayar.\n\nTidak ada kewajiban belanja: tidak untuk bergabung, tidak untuk naik peringkat. Bonus menjadi pasti setelah tutup buku akhir bulan.\n\nHasil tiap orang berbeda dan bisa juga nol. Semuanya tergantung penjualan.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Sudah saya baca\", \"callback_data\": \"722wm20000:5:plan.1\"}]]}", "message_id": 1}','sent',0,0,0,NULL,NULL,1795399615000000,151,NULL,NULL,'own',1795399615000000,0);
INSERT INTO "outbox" VALUES(152,'u96:toast',5026,'toast','answerCallbackQuery','{"callback_query_id": "t"}','sent',0,0,0,NULL,1795399635000000,1795399620000000,152,NULL,NULL,'own',1795399620000000,0);
INSERT INTO "outbox" VALUES(153,'u96:1',5026,'answer','editMessageText','{"text": "4/5 · <b>Janji kita bersama</b>\n\n• Sebut nama, perusahaan, dan maksud sejak awal.\n• Jujur soal barang dan harga, dan selalu beri struk.\n• Tidak menjanjikan penghasilan, tidak menjanjikan kesembuhan.\n• Tidak memaksa: kalau orang bilang tidak, kita hargai.\n• Menyetok secukupnya, bukan demi poin.\n• Menjual langsung ke orang, bukan lewat marketplace.\n• Data pelanggan kita jaga, tidak kita bagikan.\n\nMelihat yang tidak sesuai? Ceritakan ke kantor, nama Anda kami rahasiakan.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Sudah saya baca\", \"callback_data\": \"722wm20000:6:ethics.1\"}]]}", "message_id": 1}','sent',0,0,0,NULL,NULL,1795399620000000,153,NULL,NULL,'own',1795399620000000,0);
INSERT INTO "outbox" VALUES(154,'u97:toast',5026,'toast','answerCallbackQuery','{"callback_query_id": "t"}','sent',0,0,0,NULL,1795399640000000,1795399625000000,154,NULL,NULL,'own',1795399625000000,0);
INSERT INTO "outbox" VALUES(155,'u97:1',5026,'answer','editMessageText','{"text": "5/5 · <b>Data Anda</b>\n\nYang kami simpan: nama, nomor HP, penjualan, pelanggan yang Anda catat, dan bonus. Gunanya untuk menghitung dan membayar dengan benar, dan untuk mengirim pelajaran.\n\nTim di atas Anda melihat nama, kode, peringkat, keaktifan, poin, dan nilai bonus penjualan Anda; nomor HP hanya kalau Anda izinkan. Pelanggan, rekening, dan penghasilan Anda tidak mereka lihat.\n\nObrolan ini lewat Telegram, dan server Telegram ada di luar negeri.\n\nAnda berhak melihat, membetulkan, meminta salinan, dan menghapus data, atau berhenti kapan saja: cukup hubungi kantor. Catatan uang kami simpan 10 tahun sesuai aturan pembukuan; yang lain kami hapus 90 hari setelah Anda berhenti.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Sudah saya baca\", \"callback_data\": \"722wm20000:7:privacy.1\"}]]}", "message_id": 1}','sent',0,0,0,NULL,NULL,1795399625000000,155,NULL,NULL,'own',1795399625000000,0);
INSERT INTO "outbox" VALUES(156,'u98:toast',5026,'toast','answerCallbackQuery','{"callback_query_id": "t"}','sent',0,0,0,NULL,1795399645000000,1795399630000000,156,NULL,NULL,'own',1795399630000000,0);
INSERT INTO "outbox" VALUES(157,'u98:1',5026,'answer','editMessageReplyMarkup','{"message_id": 1}','sent',0,0,0,NULL,NULL,1795399630000000,157,NULL,NULL,'own',1795399630000000,0);
INSERT INTO "outbox" VALUES(158,'u98:2',5026,'answer','sendMessage','{"text": "<b>Tahun lahir Bapak?</b> Cukup empat angka, misalnya 1978. Untuk bergabung, paling muda 18 tahun.", "parse_mode": "HTML", "reply_markup": "{\"remove_keyboard\": true}"}','sent',0,0,0,NULL,NULL,1795399630000000,158,NULL,NULL,'own',1795399630000000,0);
INSERT INTO "outbox" VALUES(159,'u99:1',5008,'answer','sendMessage','{"text": "Buat kode pindah akun untuk <b>Yanti Kusuma</b>?\n\nKodenya sekali pakai, berlaku 24 jam. Orangnya mengirim <code>/pindah</code> dan kode itu dari akun Telegram yang baru, lalu membagikan nomor HP-nya; harus sama dengan yang tercatat (0812-••••-5022). Akun yang lama langsung tidak bisa dipakai lagi. Kode sebelumnya batal.\n\nPastikan dulu ini benar orangnya.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Ya, buat kode\", \"callback_data\": \"74qex20000:0:ya\"}, {\"text\": \"Tidak\", \"callback_data\": \"74qex20000:0:tidak\"}]]}"}','sent',0,0,0,NULL,NULL,1795399635000000,159,NULL,NULL,'own',1795399635000000,0);
INSERT INTO "outbox" VALUES(160,'u100:toast',5008,'toast','answerCallbackQuery','{"callback_query_id": "t"}','sent',0,0,0,NULL,1795399655000000,1795399640000000,160,NULL,NULL,'own',1795399640000000,0);
INSERT INTO "outbox" VALUES(161,'u100:1',5008,'answer','editMessageText','{"text": "Kode pindah untuk <b>Yanti Kusuma</b>: <code>0000-0000-0000</code>\n\nBerlaku sampai 24 November 2026, 09.07 WIB, sekali pakai. Bacakan langsung ke orangnya; di akun barunya ia mengirim:\n<code>/pindah 0000-0000-0000</code>", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Salin kode\", \"copy_text\": {\"text\": \"0000-0000-0000\"}}, {\"text\": \"Panel\", \"callback_data\": \"/kelola\"}]]}", "message_id": 1}','sent',0,0,0,NULL,NULL,1795399640000000,161,NULL,NULL,'own',1795399640000000,0);
INSERT INTO "outbox" VALUES(162,'u101:1',5027,'answer','sendMessage','{"text": "<b>Kodenya cocok. Sekarang nomor HP Anda sendiri:</b> tekan tombol di bawah. Nomornya harus sama dengan yang tercatat di kantor.", "parse_mode": "HTML", "reply_markup": "{\"keyboard\": [[{\"text\": \"📱 Kirim nomor saya\", \"request_contact\": true}]], \"resize_keyboard\": true, \"one_time_keyboard\": true}"}','sent',0,0,0,NULL,NULL,1795399645000000,162,NULL,NULL,'own',1795399645000000,0);
INSERT INTO "outbox" VALUES(163,'u102:1',5008,'answer','sendMessage','{"text": "Setujui <b>3</b> penjualan sekaligus, total Rp185.000?", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"✅ Ya, semua\", \"callback_data\": \"7t8a030000:0:ya\"}, {\"text\": \"Tidak\", \"callback_data\": \"7t8a030000:0:tidak\"}]]}"}','sent',0,0,0,NULL,NULL,1795399650000000,163,NULL,NULL,'own',1795399650000000,0);
INSERT INTO "outbox" VALUES(164,'u103:1',5008,'answer','sendMessage','{"text": "<b>S-1008</b> · Tuti R. (015TRAE8) · 23 November 2026\n\n1 Kopi Jahe = Rp35.000\nTotal Rp35.000\nTanpa nota\n\nDisetujui?", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"✅ Setujui\", \"callback_data\": \"7cs8130000:0:ya\"}, {\"text\": \"Tolak\", \"callback_data\": \"7cs8130000:0:tidak\"}], [{\"text\": \"« Antrean\", \"callback_data\": \"/setujui\"}]]}"}','sent',0,0,0,NULL,NULL,1795436945000000,164,NULL,NULL,'own',1795436945000000,0);
INSERT INTO "outbox" VALUES(165,'sale:8:decided',5010,'notice','sendMessage','{"text": "✅ Struk S-1008 disetujui kantor: untung Rp7.000, 4 poin.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"💰 Saldo\", \"callback_data\": \"+/saldo\"}, {\"text\": \"🧾 Catat lagi\", \"callback_data\": \"+/jual\"}]]}"}','new',0,0,0,1795474800000000,NULL,1795436950000000,NULL,NULL,NULL,'own',1795474800000000,0);
INSERT INTO "outbox" VALUES(166,'u104:1',5008,'answer','sendMessage','{"text": "✅ 1 penjualan disetujui.\nMasih 2 yang menunggu.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"Lanjut cek\", \"callback_data\": \"/setujui\"}]]}"}','sent',0,0,0,NULL,NULL,1795436950000000,166,NULL,NULL,'own',1795436950000000,0);
INSERT INTO "outbox" VALUES(167,'u105:1',5008,'answer','sendMessage','{"text": "Setujui <b>2</b> penjualan sekaligus, total Rp150.000?", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"✅ Ya, semua\", \"callback_data\": \"7gt5330000:0:ya\"}, {\"text\": \"Tidak\", \"callback_data\": \"7gt5330000:0:tidak\"}]]}"}','sent',0,0,0,NULL,NULL,1795436955000000,167,NULL,NULL,'own',1795436955000000,0);
INSERT INTO "outbox" VALUES(168,'u106:1',5018,'answer','sendMessage','{"text": "Produk apa yang dicari? Ketik namanya, sebagian juga boleh, misalnya <code>madu</code>.", "parse_mode": "HTML", "reply_markup": "{\"inline_keyboard\": [[{\"text\": \"✖️ Batal\", \"callback_data\": \"72b4430000:0:/batal\"}]]}"}','new',0,0,0,NULL,NULL,1795436960000000,NULL,NULL,NULL,'own',1795436960000000,0);
INSERT INTO "outbox" VALUES(169,'tip:a-quiet-while:2026-11-23:19',5019,'tip','tip','{"tip": "a-quiet-while", "member": 19}','new',0,0,0,NULL,1795438800000000,1795437000000000,NULL,NULL,NULL,'own',1795437000000000,0);
INSERT INTO "outbox" VALUES(170,'broadcast:1:2',5002,'broadcast','broadcast','{"broadcast": 1, "member": 2}','held',0,0,0,NULL,NULL,1795399220000000,NULL,NULL,1,'own',1795399220000000,0);
INSERT INTO "outbox" VALUES(171,'broadcast:1:3',5003,'broadcast','broadcast','{"broadcast": 1, "member": 3}','held',0,0,0,NULL,NULL,1795399220000000,NULL,NULL,1,'own',1795399220000000,0);
INSERT INTO "outbox" VALUES(172,'broadcast:1:4',5004,'broadcast','broadcast','{"broadcast": 1, "member": 4}','held',0,0,0,NULL,NULL,1795399220000000,NULL,NULL,1,'own',1795399220000000,0);
INSERT INTO "outbox" VALUES(173,'broadcast:1:5',5005,'broadcast','broadcast','{"broadcast": 1, "member": 5}','held',0,0,0,NULL,NULL,1795399220000000,NULL,NULL,1,'own',1795399220000000,0);
INSERT INTO "outbox" VALUES(174,'broadcast:1:6',5006,'broadcast','broadcast','{"broadcast": 1, "member": 6}','held',0,0,0,NULL,NULL,1795399220000000,NULL,NULL,1,'own',1795399220000000,0);
INSERT INTO "outbox" VALUES(175,'broadcast:1:7',5007,'broadcast','broadcast','{"broadcast": 1, "member": 7}','held',0,0,0,NULL,NULL,1795399220000000,NULL,NULL,1,'own',1795399220000000,0);
INSERT INTO "outbox" VALUES(176,'broadcast:1:8',5008,'broadcast','broadcast','{"broadcast": 1, "member": 8}','held',0,0,0,NULL,NULL,1795399220000000,NULL,NULL,1,'own',1795399220000000,0);
INSERT INTO "outbox" VALUES(177,'broadcast:1:9',5009,'broadcast','broadcast','{"broadcast": 1, "member": 9}','held',0,0,0,NULL,NULL,1795399220000000,NULL,NULL,1,'own',1795399220000000,0);
INSERT INTO "outbox" VALUES(178,'broadcast:1:10',5010,'broadcast','broadcast','{"broadcast": 1, "member": 10}','held',0,0,0,NULL,NULL,1795399220000000,NULL,NULL,1,'own',1795399220000000,0);
INSERT INTO "outbox" VALUES(179,'broadcast:1:11',5011,'broadcast','broadcast','{"broadcast": 1, "member": 11}','held',0,0,0,NULL,NULL,1795399220000000,NULL,NULL,1,'own',1795399220000000,0);
INSERT INTO "outbox" VALUES(180,'broadcast:1:12',5012,'broadcast','broadcast','{"broadcast": 1, "member": 12}','held',0,0,0,NULL,NULL,1795399220000000,NULL,NULL,1,'own',1795399220000000,0);
INSERT INTO "outbox" VALUES(181,'broadcast:1:13',5013,'broadcast','broadcast','{"broadcast": 1, "member": 13}','held',0,0,0,NULL,NULL,1795399220000000,NULL,NULL,1,'own',1795399220000000,0);
INSERT INTO "outbox" VALUES(182,'broadcast:1:14',5014,'broadcast','broadcast','{"broadcast": 1, "member": 14}','held',0,0,0,NULL,NULL,1795399220000000,NULL,NULL,1,'own',1795399220000000,0);
INSERT INTO "outbox" VALUES(183,'broadcast:1:15',5015,'broadcast','broadcast','{"broadcast": 1, "member": 15}','held',0,0,0,NULL,NULL,1795399220000000,NULL,NULL,1,'own',1795399220000000,0);
INSERT INTO "outbox" VALUES(184,'broadcast:1:16',5016,'broadcast','broadcast','{"broadcast": 1, "member": 16}','held',0,0,0,NULL,NULL,1795399220000000,NULL,NULL,1,'own',1795399220000000,0);
INSERT INTO "outbox" VALUES(185,'broadcast:1:17',5017,'broadcast','broadcast','{"broadcast": 1, "member": 17}','held',0,0,0,NULL,NULL,1795399220000000,NULL,NULL,1,'own',1795399220000000,0);
INSERT INTO "outbox" VALUES(186,'broadcast:1:18',5018,'broadcast','broadcast','{"broadcast": 1, "member": 18}','held',0,0,0,NULL,NULL,1795399220000000,NULL,NULL,1,'own',1795399220000000,0);
INSERT INTO "outbox" VALUES(187,'broadcast:1:19',5019,'broadcast','broadcast','{"broadcast": 1, "member": 19}','held',0,0,0,NULL,NULL,1795399220000000,NULL,NULL,1,'own',1795399220000000,0);
INSERT INTO "outbox" VALUES(188,'broadcast:1:20',5020,'broadcast','broadcast','{"broadcast": 1, "member": 20}','held',0,0,0,NULL,NULL,1795399220000000,NULL,NULL,1,'own',1795399220000000,0);
INSERT INTO "outbox" VALUES(189,'broadcast:1:21',5021,'broadcast','broadcast','{"broadcast": 1, "member": 21}','held',0,0,0,NULL,NULL,1795399220000000,NULL,NULL,1,'own',1795399220000000,0);
INSERT INTO "outbox" VALUES(190,'broadcast:1:22',5022,'broadcast','broadcast','{"broadcast": 1, "member": 22}','held',0,0,0,NULL,NULL,1795399220000000,NULL,NULL,1,'own',1795399220000000,0);
CREATE TABLE people (
	user_id INTEGER NOT NULL, 
	language TEXT NOT NULL, 
	title TEXT DEFAULT '' NOT NULL, 
	reach TEXT DEFAULT 'open' NOT NULL, 
	first_seen INTEGER NOT NULL, 
	CONSTRAINT pk_people PRIMARY KEY (user_id), 
	CONSTRAINT ck_people_reach CHECK (reach IN ('open', 'blocked', 'gone'))
)
 STRICT

;
INSERT INTO "people" VALUES(5001,'id','','open',1791165600000000);
INSERT INTO "people" VALUES(5002,'id','','open',1791165600000000);
INSERT INTO "people" VALUES(5003,'id','','open',1791165600000000);
INSERT INTO "people" VALUES(5004,'id','','open',1791165600000000);
INSERT INTO "people" VALUES(5005,'id','','open',1791165600000000);
INSERT INTO "people" VALUES(5006,'id','','open',1791165600000000);
INSERT INTO "people" VALUES(5007,'id','','open',1791165600000000);
INSERT INTO "people" VALUES(5008,'id','','open',1791165600000000);
INSERT INTO "people" VALUES(5009,'id','','open',1791165600000000);
INSERT INTO "people" VALUES(5010,'id','','open',1791165600000000);
INSERT INTO "people" VALUES(5011,'id','','open',1791165600000000);
INSERT INTO "people" VALUES(5012,'id','','open',1791165600000000);
INSERT INTO "people" VALUES(5013,'id','','open',1791165600000000);
INSERT INTO "people" VALUES(5014,'id','','open',1791165600000000);
INSERT INTO "people" VALUES(5015,'id','','open',1791165600000000);
INSERT INTO "people" VALUES(5016,'id','','open',1791165600000000);
INSERT INTO "people" VALUES(5017,'id','','open',1791165600000000);
INSERT INTO "people" VALUES(5018,'id','','open',1791165600000000);
INSERT INTO "people" VALUES(5019,'id','','open',1791165600000000);
INSERT INTO "people" VALUES(5020,'en','','open',1791165600000000);
INSERT INTO "people" VALUES(5021,'id','','open',1791165600000000);
INSERT INTO "people" VALUES(5022,'id','','open',1791165600000000);
INSERT INTO "people" VALUES(5023,'id','Kak','open',1795399490000000);
INSERT INTO "people" VALUES(5024,'id','Bapak','open',1795399510000000);
INSERT INTO "people" VALUES(5025,'id','','open',1795399575000000);
INSERT INTO "people" VALUES(5026,'id','Bapak','open',1795399590000000);
INSERT INTO "people" VALUES(5027,'id','','open',1795399645000000);
CREATE TABLE periods (
	period TEXT NOT NULL, 
	state TEXT NOT NULL, 
	"plan" TEXT NOT NULL, 
	plan_digest TEXT NOT NULL, 
	ready_on TEXT NOT NULL, 
	began_at INTEGER NOT NULL, 
	closed_at INTEGER, 
	payees INTEGER DEFAULT '0' NOT NULL, 
	paid INTEGER DEFAULT '0' NOT NULL, 
	told_upto INTEGER DEFAULT '0' NOT NULL, 
	told_at INTEGER, point_value INTEGER DEFAULT '1' NOT NULL, cut INTEGER DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_periods PRIMARY KEY (period), 
	CONSTRAINT ck_periods_state CHECK (state IN ('closing', 'closed'))
)
 STRICT

;
INSERT INTO "periods" VALUES('2026-10','closing','2026-01','8e58d67b3a6da2e5','2026-11-08',1795399200000000,NULL,0,0,0,NULL,1,0);
CREATE TABLE permissions (
	id INTEGER NOT NULL, 
	member_id INTEGER NOT NULL, 
	purpose TEXT NOT NULL, 
	given INTEGER NOT NULL, 
	at INTEGER NOT NULL, 
	CONSTRAINT pk_permissions PRIMARY KEY (id), 
	CONSTRAINT ck_permissions_purpose CHECK (purpose IN ('tips', 'broadcasts')), 
	CONSTRAINT fk_permissions_member_id FOREIGN KEY(member_id) REFERENCES members (id)
)
 STRICT

;
CREATE TABLE "postings" (
	id INTEGER NOT NULL, 
	reference TEXT NOT NULL, 
	source_id INTEGER NOT NULL, 
	destination_id INTEGER NOT NULL, 
	amount INTEGER NOT NULL, 
	sale_id INTEGER, 
	closing TEXT, 
	reverses INTEGER, 
	period TEXT NOT NULL, 
	at INTEGER NOT NULL, 
	CONSTRAINT pk_postings PRIMARY KEY (id), 
	CONSTRAINT ck_postings_amount CHECK (amount > 0), 
	CONSTRAINT ck_postings_two_accounts CHECK (source_id <> destination_id), 
	CONSTRAINT ck_postings_one_cause CHECK ((sale_id IS NULL) <> (closing IS NULL)), 
	CONSTRAINT fk_postings_destination_id FOREIGN KEY(destination_id) REFERENCES accounts (id), 
	CONSTRAINT fk_postings_reverses FOREIGN KEY(reverses) REFERENCES "postings" (id), 
	CONSTRAINT fk_postings_sale_id FOREIGN KEY(sale_id) REFERENCES sales (id), 
	CONSTRAINT fk_postings_source_id FOREIGN KEY(source_id) REFERENCES accounts (id), 
	CONSTRAINT uq_postings_reference UNIQUE (reference), 
	CONSTRAINT uq_postings_reverses UNIQUE (reverses), 
	CONSTRAINT fk_postings_closing FOREIGN KEY(closing) REFERENCES periods (period)
)
 STRICT

;
INSERT INTO "postings" VALUES(1,'sale:1:price',1,3,480000,1,NULL,NULL,'2026-10',1791770460000000);
INSERT INTO "postings" VALUES(2,'sale:1:goods',3,2,384000,1,NULL,NULL,'2026-10',1791770460000000);
INSERT INTO "postings" VALUES(3,'sale:2:price',1,4,480000,2,NULL,NULL,'2026-10',1791770460000000);
INSERT INTO "postings" VALUES(4,'sale:2:goods',4,2,384000,2,NULL,NULL,'2026-10',1791770460000000);
INSERT INTO "postings" VALUES(5,'sale:3:price',1,5,480000,3,NULL,NULL,'2026-10',1791770460000000);
INSERT INTO "postings" VALUES(6,'sale:3:goods',5,2,384000,3,NULL,NULL,'2026-10',1791770460000000);
INSERT INTO "postings" VALUES(7,'sale:4:price',1,6,480000,4,NULL,NULL,'2026-10',1791770460000000);
INSERT INTO "postings" VALUES(8,'sale:4:goods',6,2,384000,4,NULL,NULL,'2026-10',1791770460000000);
INSERT INTO "postings" VALUES(9,'sale:5:price',1,7,480000,5,NULL,NULL,'2026-10',1791770460000000);
INSERT INTO "postings" VALUES(10,'sale:5:goods',7,2,384000,5,NULL,NULL,'2026-10',1791770460000000);
INSERT INTO "postings" VALUES(11,'bonus:2026-10:1',8,9,88320,NULL,'2026-10',NULL,'2026-10',1795399200000000);
INSERT INTO "postings" VALUES(12,'sale:8:price',1,5,35000,8,NULL,NULL,'2026-11',1795436950000000);
INSERT INTO "postings" VALUES(13,'sale:8:goods',5,2,28000,8,NULL,NULL,'2026-11',1795436950000000);
CREATE TABLE prices (
	id INTEGER NOT NULL, 
	product_id INTEGER NOT NULL, 
	from_day TEXT NOT NULL, 
	member_price INTEGER NOT NULL, 
	retail_price INTEGER NOT NULL, 
	points INTEGER NOT NULL, 
	bonus_value INTEGER NOT NULL, 
	decided_at INTEGER NOT NULL, 
	decided_by INTEGER, 
	CONSTRAINT pk_prices PRIMARY KEY (id), 
	CONSTRAINT ck_prices_member_price CHECK (member_price > 0), 
	CONSTRAINT ck_prices_retail_price CHECK (retail_price >= member_price), 
	CONSTRAINT ck_prices_points CHECK (points >= 0), 
	CONSTRAINT ck_prices_bonus_value CHECK (bonus_value >= 0), 
	CONSTRAINT fk_prices_product_id FOREIGN KEY(product_id) REFERENCES products (id), 
	CONSTRAINT uq_prices_product_id_from_day UNIQUE (product_id, from_day)
)
 STRICT

;
INSERT INTO "prices" VALUES(1,2,'2000-01-01',20000,25000,3,20000,1795399405000000,NULL);
INSERT INTO "prices" VALUES(2,2,'2026-12-01',20000,26000,3,20000,1795399405000000,5007);
CREATE TABLE products (
	id INTEGER NOT NULL, 
	sku TEXT NOT NULL, 
	name TEXT NOT NULL, 
	member_price INTEGER NOT NULL, 
	retail_price INTEGER NOT NULL, 
	points INTEGER NOT NULL, 
	bonus_value INTEGER NOT NULL, 
	category TEXT DEFAULT '' NOT NULL, 
	izin_edar TEXT DEFAULT '' NOT NULL, 
	description TEXT DEFAULT '' NOT NULL, 
	active INTEGER DEFAULT '1' NOT NULL, picture TEXT DEFAULT '' NOT NULL, 
	CONSTRAINT pk_products PRIMARY KEY (id), 
	CONSTRAINT ck_products_bonus_value CHECK (bonus_value >= 0), 
	CONSTRAINT ck_products_member_price CHECK (member_price > 0), 
	CONSTRAINT ck_products_points CHECK (points >= 0), 
	CONSTRAINT ck_products_retail_price CHECK (retail_price >= member_price), 
	CONSTRAINT uq_products_sku UNIQUE (sku)
)
 STRICT

;
INSERT INTO "products" VALUES(1,'SABUN','Sabun Sereh',40000,50000,5,40000,'perawatan','','',1,'');
INSERT INTO "products" VALUES(2,'TEH','Teh Hijau',20000,25000,3,20000,'minuman','','',1,'');
INSERT INTO "products" VALUES(3,'MADU250','Madu Hutan 250 g',70000,85000,9,70000,'pangan','','',1,'');
INSERT INTO "products" VALUES(4,'MADU500','Madu Hutan 500 g',125000,150000,16,125000,'pangan','','',1,'');
INSERT INTO "products" VALUES(5,'KOPI','Kopi Jahe',28000,35000,4,28000,'minuman','','',1,'');
INSERT INTO "products" VALUES(6,'MINYAK','Minyak Kayu Putih',32000,40000,4,32000,'perawatan','','',1,'');
INSERT INTO "products" VALUES(7,'SAMPO','Sampo Lidah Buaya',36000,45000,5,36000,'perawatan','','',1,'');
INSERT INTO "products" VALUES(8,'SERUM','Serum Wajah',96000,120000,14,96000,'perawatan','','',1,'');
CREATE TABLE ranks (
	period TEXT NOT NULL, 
	member_id INTEGER NOT NULL, 
	paid_as TEXT NOT NULL, 
	title TEXT NOT NULL, 
	accumulated INTEGER NOT NULL, 
	CONSTRAINT pk_ranks PRIMARY KEY (period, member_id), 
	CONSTRAINT fk_ranks_period FOREIGN KEY(period) REFERENCES periods (period), 
	CONSTRAINT fk_ranks_member_id FOREIGN KEY(member_id) REFERENCES members (id)
)
 STRICT

;
CREATE TABLE relink_codes (
	digest TEXT NOT NULL, 
	member_id INTEGER NOT NULL, 
	expires_at INTEGER NOT NULL, 
	used_at INTEGER, 
	made_by INTEGER NOT NULL, 
	CONSTRAINT pk_relink_codes PRIMARY KEY (digest), 
	CONSTRAINT fk_relink_codes_member_id FOREIGN KEY(member_id) REFERENCES members (id)
)
 STRICT

;
INSERT INTO "relink_codes" VALUES('a082cc662bd6e8e8b1f6eae76bb40972214a9d74b515fb24dfec85bef24dd5a4',22,1795486040000000,NULL,5008);
CREATE TABLE roles (
	user_id INTEGER NOT NULL, 
	role TEXT NOT NULL, 
	granted_at INTEGER NOT NULL, 
	granted_by INTEGER, 
	CONSTRAINT pk_roles PRIMARY KEY (user_id, role), 
	CONSTRAINT ck_roles_role CHECK (role IN ('trainer', 'admin'))
)
 STRICT

;
INSERT INTO "roles" VALUES(5001,'admin',1791165600000000,NULL);
INSERT INTO "roles" VALUES(5001,'trainer',1791165600000000,NULL);
INSERT INTO "roles" VALUES(5002,'admin',1791165600000000,NULL);
INSERT INTO "roles" VALUES(5003,'admin',1791165600000000,NULL);
INSERT INTO "roles" VALUES(5004,'admin',1791165600000000,NULL);
INSERT INTO "roles" VALUES(5005,'admin',1791165600000000,NULL);
INSERT INTO "roles" VALUES(5006,'admin',1791165600000000,NULL);
INSERT INTO "roles" VALUES(5007,'admin',1791165600000000,NULL);
INSERT INTO "roles" VALUES(5008,'admin',1791165600000000,NULL);
INSERT INTO "roles" VALUES(5012,'trainer',0,NULL);
CREATE TABLE sale_lines (
	id INTEGER NOT NULL, 
	sale_id INTEGER NOT NULL, 
	product_id INTEGER NOT NULL, 
	quantity INTEGER NOT NULL, 
	amount INTEGER NOT NULL, 
	member_price INTEGER NOT NULL, 
	points INTEGER NOT NULL, 
	bonus_value INTEGER NOT NULL, 
	CONSTRAINT pk_sale_lines PRIMARY KEY (id), 
	CONSTRAINT ck_sale_lines_amount CHECK (amount > 0), 
	CONSTRAINT ck_sale_lines_quantity CHECK (quantity > 0), 
	CONSTRAINT fk_sale_lines_product_id FOREIGN KEY(product_id) REFERENCES products (id), 
	CONSTRAINT fk_sale_lines_sale_id FOREIGN KEY(sale_id) REFERENCES sales (id)
)
 STRICT

;
INSERT INTO "sale_lines" VALUES(1,1,8,4,480000,96000,14,96000);
INSERT INTO "sale_lines" VALUES(2,2,8,4,480000,96000,14,96000);
INSERT INTO "sale_lines" VALUES(3,3,8,4,480000,96000,14,96000);
INSERT INTO "sale_lines" VALUES(4,4,8,4,480000,96000,14,96000);
INSERT INTO "sale_lines" VALUES(5,5,8,4,480000,96000,14,96000);
INSERT INTO "sale_lines" VALUES(6,6,2,2,50000,20000,3,20000);
INSERT INTO "sale_lines" VALUES(7,7,1,2,100000,40000,5,40000);
INSERT INTO "sale_lines" VALUES(8,8,5,1,35000,28000,4,28000);
CREATE TABLE sales (
	id INTEGER NOT NULL, 
	reference TEXT NOT NULL, 
	seller_id INTEGER NOT NULL, 
	customer_id INTEGER, 
	sold_on TEXT NOT NULL, 
	period TEXT NOT NULL, 
	status TEXT NOT NULL, 
	total INTEGER NOT NULL, 
	goods INTEGER NOT NULL, 
	points INTEGER NOT NULL, 
	bonus_value INTEGER NOT NULL, 
	invoice TEXT DEFAULT '' NOT NULL, 
	photo_id TEXT DEFAULT '' NOT NULL, 
	photo_key TEXT DEFAULT '' NOT NULL, 
	photo_kind TEXT DEFAULT '' NOT NULL, 
	logged_at INTEGER NOT NULL, 
	decided_at INTEGER, 
	decided_by INTEGER, 
	CONSTRAINT pk_sales PRIMARY KEY (id), 
	CONSTRAINT ck_sales_status CHECK (status IN ('waiting', 'approved', 'rejected', 'void')), 
	CONSTRAINT ck_sales_total CHECK (total > 0), 
	CONSTRAINT fk_sales_customer_id FOREIGN KEY(customer_id) REFERENCES customers (id), 
	CONSTRAINT fk_sales_seller_id FOREIGN KEY(seller_id) REFERENCES members (id), 
	CONSTRAINT uq_sales_reference UNIQUE (reference)
)
 STRICT

;
INSERT INTO "sales" VALUES(1,'7000000000',1,1,'2026-10-12','2026-10','approved',480000,384000,56,384000,'','','','',1791770410000000,1791770460000000,5002);
INSERT INTO "sales" VALUES(2,'741x100000',9,2,'2026-10-12','2026-10','approved',480000,384000,56,384000,'','','','',1791770420000000,1791770460000000,5002);
INSERT INTO "sales" VALUES(3,'782t300000',10,3,'2026-10-12','2026-10','approved',480000,384000,56,384000,'','','','',1791770430000000,1791770460000000,5002);
INSERT INTO "sales" VALUES(4,'7c3q500000',11,4,'2026-10-12','2026-10','approved',480000,384000,56,384000,'','','','',1791770440000000,1791770460000000,5002);
INSERT INTO "sales" VALUES(5,'7g4m700000',14,5,'2026-10-12','2026-10','approved',480000,384000,56,384000,'','','','',1791770450000000,1791770460000000,5002);
INSERT INTO "sales" VALUES(6,'7cczm00000',10,6,'2026-11-23','2026-11','waiting',50000,40000,6,40000,'','','','',1795399260000000,NULL,NULL);
INSERT INTO "sales" VALUES(7,'7gdwp00000',11,4,'2026-11-23','2026-11','waiting',100000,80000,10,80000,'','','','',1795399270000000,NULL,NULL);
INSERT INTO "sales" VALUES(8,'76zqs00000',10,6,'2026-11-23','2026-11','approved',35000,28000,4,28000,'','','','',1795399285000000,1795436950000000,5008);
CREATE TABLE seal (
	id INTEGER NOT NULL, 
	token TEXT NOT NULL, 
	bot_id INTEGER, 
	sealed_at INTEGER, 
	CONSTRAINT pk_seal PRIMARY KEY (id), 
	CONSTRAINT ck_seal_one_row CHECK (id = 1)
)
 STRICT

;
INSERT INTO "seal" VALUES(1,'00000000000000000000000000000000',NULL,NULL);
CREATE TABLE sessions (
	chat_id INTEGER NOT NULL, 
	flow TEXT NOT NULL, 
	version INTEGER NOT NULL, 
	reference TEXT NOT NULL, 
	args TEXT DEFAULT '' NOT NULL, 
	answers TEXT NOT NULL, 
	kept TEXT NOT NULL, 
	asked TEXT NOT NULL, 
	waiting TEXT, 
	started_at INTEGER NOT NULL, asked_at INTEGER DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_sessions PRIMARY KEY (chat_id), 
	CONSTRAINT uq_sessions_reference UNIQUE (reference)
)
 STRICT

;
INSERT INTO "sessions" VALUES(5001,'approve',1,'74kd010000','S-1006','[["AskApprove", "AskApprove:22936ba9847fd029", "tap", "tidak", "2026-11-23T02:02:00+00:00", false, ""]]','[]','AskReason:5fcccfbdafb1529f',NULL,1795399315000000,1795399320000000);
INSERT INTO "sessions" VALUES(5002,'manage',1,'78ma210000','peran','[["AskWhose", "AskWhose:376ce453ada0e4e7", "text", "015TGJZA", "2026-11-23T02:02:10+00:00", false, ""], ["AskRole", "AskRole:efb267f96961267b", "tap", "trainer+", "2026-11-23T02:02:15+00:00", false, ""]]','[]','ConfirmRole:d9f9920ca3de9dfd',NULL,1795399325000000,1795399335000000);
INSERT INTO "sessions" VALUES(5003,'manage',1,'7y56510000','harga 1','[["AskMemberPrice", "AskMemberPrice:732866648910bc3d", "text", "42rb", "2026-11-23T02:02:25+00:00", false, ""], ["AskRetailPrice", "AskRetailPrice:da72eb986ebf07cb", "text", "55rb", "2026-11-23T02:02:30+00:00", false, ""]]','[]','AskPoints:d52654e23b478c55',NULL,1795399340000000,1795399350000000);
INSERT INTO "sessions" VALUES(5004,'manage',1,'7mq1810000','mitra','[["AskMember", "AskMember:3d2d6add1658fbb7", "text", "sari", "2026-11-23T02:02:40+00:00", false, ""]]','[]','ChooseMember:2258f088a3dcb28e',NULL,1795399355000000,1795399360000000);
INSERT INTO "sessions" VALUES(5005,'manage',1,'7rry910000','beku 015WEEQ1','[]','[]','AskSuspend:d8830d28fcec9941',NULL,1795399365000000,1795399365000000);
INSERT INTO "sessions" VALUES(5006,'manage',1,'7a9xa10000','pindah 015WP66X','[]','[]','AskRelink:323861f185ea9e32',NULL,1795399370000000,1795399370000000);
INSERT INTO "sessions" VALUES(5007,'manage',1,'7tdhj10000','urung 2 2026-12-01','[]','[]','AskWithdraw:40da80aa4a3a8286',NULL,1795399410000000,1795399410000000);
INSERT INTO "sessions" VALUES(5008,'approve',1,'7gt5330000','semua','[]','[]','AskApproveAll:eaf52fd0b9c8f876',NULL,1795436955000000,1795436955000000);
INSERT INTO "sessions" VALUES(5009,'sell',1,'74a5h00000','','[["AskProduct", "AskProduct:d20a474fa2e629dd", "tap", "p1", "2026-11-23T02:00:40+00:00", false, ""], ["AskQuantity", "AskQuantity:40109074abd9b509", "tap", "3", "2026-11-23T02:00:45+00:00", false, ""], ["AskCustomer", "AskCustomer:2fe16329852fb39a", "tap", "c2", "2026-11-23T02:00:50+00:00", false, ""]]','[]','AskRecord:dde3a52377b78595',NULL,1795399235000000,1795399250000000);
INSERT INTO "sessions" VALUES(5011,'void',1,'7mesr00000','S-1007','[]','[]','AskVoid:227c9592048a1085',NULL,1795399275000000,1795399275000000);
INSERT INTO "sessions" VALUES(5012,'broadcast',1,'7yeem10000','baru','[["AskBody", "AskBody:0293c818f1d3ace2", "text", "Halo {nama}, besok latihan jam 9.", "2026-11-23T02:03:45+00:00", false, ""], ["AskFile", "AskFile:5165a7310c1e02d8", "tap", "tanpa", "2026-11-23T02:03:50+00:00", false, ""], ["AskAudience", "AskAudience:a7c76921ce09f9c0", "tap", "all", "2026-11-23T02:03:55+00:00", false, ""], ["AskWhen", "AskWhen:8dcf9df9e103ac81", "tap", "19:30", "2026-11-23T02:04:00+00:00", false, ""]]','[]','ConfirmBroadcast:41fb3dbcaf031c5d',NULL,1795399420000000,1795399440000000);
INSERT INTO "sessions" VALUES(5013,'profile',1,'7r17s10000','nama','[["AskName", "AskName:88941b5d4a725e2e", "text", "Intan Sari Lestari", "2026-11-23T02:04:10+00:00", false, ""]]','[]','ConfirmName:21f17c11c234903e',NULL,1795399445000000,1795399450000000);
INSERT INTO "sessions" VALUES(5014,'profile',1,'7w24v10000','sapaan','[]','[]','AskTitle:a8b5415e53104dcd',NULL,1795399455000000,1795399455000000);
INSERT INTO "sessions" VALUES(5015,'profile',1,'7ek2w10000','hp','[]','[]','AskPhone:2dcdf10ec49251d6',NULL,1795399460000000,1795399460000000);
INSERT INTO "sessions" VALUES(5016,'profile',1,'7041x10000','daerah','[["AskProvince", "AskProvince:6898a3f0c4b0f9e5", "text", "sulawesi", "2026-11-23T02:04:30+00:00", false, ""]]','[]','ChooseProvince:0d9e8b7ba7c1a5dc',NULL,1795399465000000,1795399470000000);
INSERT INTO "sessions" VALUES(5017,'profile',1,'745yy10000','jam','[]','[]','AskTipHour:4fcc48405fc0d44f',NULL,1795399475000000,1795399475000000);
INSERT INTO "sessions" VALUES(5018,'products',1,'72b4430000','cari','[]','[]','AskWhichProduct:90403c2c6488fda8',NULL,1795436960000000,1795436960000000);
INSERT INTO "sessions" VALUES(5019,'team',1,'786v020000','cari','[]','[]','AskWho:0ca32df198f77a03',NULL,1795399485000000,1795399485000000);
INSERT INTO "sessions" VALUES(5020,'sell',1,'7a0nv00000','','[["AskProduct", "AskProduct:86a0b52bc6414e11", "tap", "p1", "2026-11-23T02:01:35+00:00", false, ""], ["AskQuantity", "AskQuantity:40109074abd9b509", "tap", "2", "2026-11-23T02:01:40+00:00", false, ""]]','[]','AskCustomer:1dd0cea3c1100cb0',NULL,1795399290000000,1795399300000000);
INSERT INTO "sessions" VALUES(5021,'sell',1,'70jgy00000','J 2 SABUN 60rb Bu Ani','[]','[]','AskPriceMeaning:5a1abb453a524d7e','profil hp',1795399305000000,1795399310000000);
INSERT INTO "sessions" VALUES(5023,'register',1,'7tps120000','015TGJZA','[["ConfirmSponsor", "ConfirmSponsor:7120ed12d80cdd5a", "tap", "yes", "2026-11-23T02:04:55+00:00", false, ""], ["AskTitle", "AskTitle:a8b5415e53104dcd", "tap", "Kak", "2026-11-23T02:05:00+00:00", false, ""], ["ReadCard", "ReadCard:34956444a03725fb", "tap", "company.1", "2026-11-23T02:05:05+00:00", false, ""]]','[]','ReadCard:a1c37cdeb4091eff',NULL,1795399490000000,1795399505000000);
INSERT INTO "sessions" VALUES(5024,'register',1,'72sk520000','015TGJZA','[["ConfirmSponsor", "ConfirmSponsor:7120ed12d80cdd5a", "tap", "yes", "2026-11-23T02:05:15+00:00", false, ""], ["AskTitle", "AskTitle:a8b5415e53104dcd", "tap", "Bapak", "2026-11-23T02:05:20+00:00", false, ""], ["ReadCard", "ReadCard:34956444a03725fb", "tap", "company.1", "2026-11-23T02:05:25+00:00", false, ""], ["ReadCard", "ReadCard:a1c37cdeb4091eff", "tap", "goods.1", "2026-11-23T02:05:30+00:00", false, ""], ["ReadCard", "ReadCard:0f279dc3e5ce38bb", "tap", "plan.1", "2026-11-23T02:05:35+00:00", false, ""], ["ReadCard", "ReadCard:4e66ec99e99dca32", "tap", "ethics.1", "2026-11-23T02:05:40+00:00", false, ""], ["ReadCard", "ReadCard:b8ed9fdbd2fab750", "tap", "privacy.1", "2026-11-23T02:05:45+00:00", false, ""], ["AskName", "AskName:88941b5d4a725e2e", "text", "Rudi Hartono", "2026-11-23T02:05:50+00:00", false, ""]]','[["AskBirthYear", "AskBirthYear:baf3e14cdd54dcd2", "text", "1980", "2026-11-23T02:06:00+00:00", false, ""], ["AskProvince", "AskProvince:6898a3f0c4b0f9e5", "tap", "jawa-barat", "2026-11-23T02:06:05+00:00", false, ""]]','AskPhone:2dcdf10ec49251d6',NULL,1795399510000000,1795399570000000);
INSERT INTO "sessions" VALUES(5025,'register',1,'7cg0j20000','','[["AskCode", "AskCode:d874c530e24af254", "tap", "none", "2026-11-23T02:06:20+00:00", false, ""], ["AskLeadName", "AskLeadName:39ceb7da19e597df", "text", "Susi", "2026-11-23T02:06:25+00:00", false, ""]]','[]','AskLeadPhone:582808fc6edc9614',NULL,1795399575000000,1795399585000000);
INSERT INTO "sessions" VALUES(5026,'claim',1,'722wm20000','','[["AskOwnNumber", "AskOwnNumber:61ab70b4f80e0e62", "contact", "+6281200005026", "2026-11-23T02:06:35+00:00", true, ""], ["ConfirmPlace", "ConfirmPlace:f06c96dc6a0bb12f", "tap", "yes", "2026-11-23T02:06:40+00:00", false, ""], ["AskTitle", "AskTitle:a8b5415e53104dcd", "tap", "Bapak", "2026-11-23T02:06:45+00:00", false, ""], ["ReadCard", "ReadCard:763cdf84fa674296", "tap", "company.1", "2026-11-23T02:06:50+00:00", false, ""], ["ReadCard", "ReadCard:710ecc302594f95b", "tap", "goods.1", "2026-11-23T02:06:55+00:00", false, ""], ["ReadCard", "ReadCard:2f29d758ed876d75", "tap", "plan.1", "2026-11-23T02:07:00+00:00", false, ""], ["ReadCard", "ReadCard:ef8660bc60dc6280", "tap", "ethics.1", "2026-11-23T02:07:05+00:00", false, ""], ["ReadCard", "ReadCard:09481ad9e9844c49", "tap", "privacy.1", "2026-11-23T02:07:10+00:00", false, ""]]','[]','AskBirthYear:baf3e14cdd54dcd2',NULL,1795399590000000,1795399630000000);
INSERT INTO "sessions" VALUES(5027,'relink',1,'78rbz20000','0000-0000-0000','[]','[]','AskOwnContact:670d356b12a8b0e0',NULL,1795399645000000,1795399645000000);
CREATE TABLE strikes (
	id INTEGER NOT NULL, 
	user_id INTEGER NOT NULL, 
	kind TEXT NOT NULL, 
	at INTEGER NOT NULL, 
	CONSTRAINT pk_strikes PRIMARY KEY (id)
)
 STRICT

;
CREATE TABLE teams (
	member_id INTEGER NOT NULL, 
	size INTEGER DEFAULT '0' NOT NULL, 
	legs INTEGER DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_teams PRIMARY KEY (member_id), 
	CONSTRAINT fk_teams_member_id FOREIGN KEY(member_id) REFERENCES members (id)
)
 STRICT

;
INSERT INTO "teams" VALUES(1,22,19);
INSERT INTO "teams" VALUES(2,0,0);
INSERT INTO "teams" VALUES(3,0,0);
INSERT INTO "teams" VALUES(4,0,0);
INSERT INTO "teams" VALUES(5,0,0);
INSERT INTO "teams" VALUES(6,0,0);
INSERT INTO "teams" VALUES(7,0,0);
INSERT INTO "teams" VALUES(8,0,0);
INSERT INTO "teams" VALUES(9,3,2);
INSERT INTO "teams" VALUES(10,1,1);
INSERT INTO "teams" VALUES(11,0,0);
INSERT INTO "teams" VALUES(12,0,0);
INSERT INTO "teams" VALUES(13,0,0);
INSERT INTO "teams" VALUES(14,0,0);
INSERT INTO "teams" VALUES(15,0,0);
INSERT INTO "teams" VALUES(16,0,0);
INSERT INTO "teams" VALUES(17,0,0);
INSERT INTO "teams" VALUES(18,0,0);
INSERT INTO "teams" VALUES(19,0,0);
INSERT INTO "teams" VALUES(20,0,0);
INSERT INTO "teams" VALUES(21,0,0);
INSERT INTO "teams" VALUES(22,0,0);
INSERT INTO "teams" VALUES(23,0,0);
CREATE TABLE tip_clocks (
	member_id INTEGER NOT NULL, 
	hour TEXT NOT NULL, 
	due_at INTEGER NOT NULL, 
	CONSTRAINT pk_tip_clocks PRIMARY KEY (member_id), 
	CONSTRAINT fk_tip_clocks_member_id FOREIGN KEY(member_id) REFERENCES members (id)
)
 STRICT

;
INSERT INTO "tip_clocks" VALUES(1,'09:00',1798761600000000);
INSERT INTO "tip_clocks" VALUES(2,'09:00',1798761600000000);
INSERT INTO "tip_clocks" VALUES(3,'09:00',1798761600000000);
INSERT INTO "tip_clocks" VALUES(4,'09:00',1798761600000000);
INSERT INTO "tip_clocks" VALUES(5,'09:00',1798761600000000);
INSERT INTO "tip_clocks" VALUES(6,'09:00',1798761600000000);
INSERT INTO "tip_clocks" VALUES(7,'09:00',1798761600000000);
INSERT INTO "tip_clocks" VALUES(8,'09:00',1798761600000000);
INSERT INTO "tip_clocks" VALUES(9,'09:00',1798761600000000);
INSERT INTO "tip_clocks" VALUES(10,'09:00',1798761600000000);
INSERT INTO "tip_clocks" VALUES(11,'09:00',1798761600000000);
INSERT INTO "tip_clocks" VALUES(12,'09:00',1798761600000000);
INSERT INTO "tip_clocks" VALUES(13,'09:00',1798761600000000);
INSERT INTO "tip_clocks" VALUES(14,'09:00',1798761600000000);
INSERT INTO "tip_clocks" VALUES(15,'09:00',1798761600000000);
INSERT INTO "tip_clocks" VALUES(16,'09:00',1798761600000000);
INSERT INTO "tip_clocks" VALUES(17,'09:00',1798761600000000);
INSERT INTO "tip_clocks" VALUES(18,'09:00',1798761600000000);
INSERT INTO "tip_clocks" VALUES(19,'19:30',1795523400000000);
INSERT INTO "tip_clocks" VALUES(20,'09:00',1798761600000000);
INSERT INTO "tip_clocks" VALUES(21,'09:00',1798761600000000);
INSERT INTO "tip_clocks" VALUES(22,'09:00',1798761600000000);
CREATE TABLE volumes (
	member_id INTEGER NOT NULL, 
	period TEXT NOT NULL, 
	own_sales INTEGER DEFAULT '0' NOT NULL, 
	own_points INTEGER DEFAULT '0' NOT NULL, 
	own_profit INTEGER DEFAULT '0' NOT NULL, 
	own_count INTEGER DEFAULT '0' NOT NULL, 
	group_sales INTEGER DEFAULT '0' NOT NULL, 
	group_points INTEGER DEFAULT '0' NOT NULL, 
	team_active INTEGER DEFAULT '0' NOT NULL, 
	team_joined INTEGER DEFAULT '0' NOT NULL, own_bonus INTEGER DEFAULT '0' NOT NULL, 
	CONSTRAINT pk_volumes PRIMARY KEY (member_id, period), 
	CONSTRAINT fk_volumes_member_id FOREIGN KEY(member_id) REFERENCES members (id)
)
 STRICT

;
INSERT INTO "volumes" VALUES(1,'2026-10',480000,56,96000,1,2400000,280,4,21,384000);
INSERT INTO "volumes" VALUES(9,'2026-10',480000,56,96000,1,1920000,224,3,3,384000);
INSERT INTO "volumes" VALUES(10,'2026-10',480000,56,96000,1,960000,112,1,1,384000);
INSERT INTO "volumes" VALUES(11,'2026-10',480000,56,96000,1,480000,56,0,0,384000);
INSERT INTO "volumes" VALUES(14,'2026-10',480000,56,96000,1,480000,56,0,0,384000);
INSERT INTO "volumes" VALUES(1,'2024-03',0,0,0,0,0,0,0,1,0);
INSERT INTO "volumes" VALUES(10,'2026-11',35000,4,7000,1,35000,4,0,0,28000);
INSERT INTO "volumes" VALUES(9,'2026-11',0,0,0,0,35000,4,1,0,0);
INSERT INTO "volumes" VALUES(1,'2026-11',0,0,0,0,35000,4,1,0,0);
CREATE INDEX ix_inbox_open ON inbox (id) WHERE state = 'new';
CREATE INDEX ix_members_sponsor_id ON members (sponsor_id, id);
CREATE INDEX ix_strikes_user_id_kind_at ON strikes (user_id, kind, at);
CREATE INDEX ix_deliveries_member_id ON deliveries (member_id, schedule);
CREATE INDEX ix_tip_clocks_due_at ON tip_clocks (due_at);
CREATE INDEX ix_sales_photo_key ON sales (photo_key) WHERE photo_key <> '';
CREATE INDEX ix_sales_seller_id ON sales (seller_id, id);
CREATE INDEX ix_sales_seller_id_sold_on ON sales (seller_id, sold_on);
CREATE INDEX ix_sales_waiting ON sales (id) WHERE status = 'waiting';
CREATE INDEX ix_sale_lines_sale_id ON sale_lines (sale_id);
CREATE INDEX ix_volumes_period ON volumes (period, member_id);
CREATE INDEX ix_prices_from_day ON prices (from_day);
CREATE INDEX ix_broadcasts_author_id ON broadcasts (author_id, id);
CREATE INDEX ix_broadcasts_open ON broadcasts (id) WHERE finished_at IS NULL;
CREATE INDEX ix_permissions_member_id ON permissions (member_id, purpose, id);
CREATE INDEX ix_relink_codes_member_id ON relink_codes (member_id);
CREATE INDEX ix_member_words_member_id ON member_words (member_id);
CREATE INDEX ix_members_joined_at ON members (joined_at, id);
CREATE UNIQUE INDEX ix_members_number ON members (number);
CREATE INDEX ix_outbox_open_by_kind ON outbox (kind, id) WHERE state IN ('new', 'sending');
CREATE INDEX ix_postings_source_id ON postings (source_id, id);
CREATE INDEX ix_postings_destination_id ON postings (destination_id, id);
CREATE INDEX ix_postings_sale_id ON postings (sale_id);
CREATE TRIGGER postings_stay BEFORE UPDATE ON postings BEGIN SELECT RAISE(ABORT, 'a posting is never changed: reverse it'); END;
CREATE TRIGGER postings_remain BEFORE DELETE ON postings BEGIN SELECT RAISE(ABORT, 'a posting is never changed: reverse it'); END;
CREATE INDEX ix_outbox_broadcast_id ON outbox (broadcast_id, state) WHERE broadcast_id IS NOT NULL;
CREATE INDEX ix_postings_closing ON postings (closing) WHERE closing IS NOT NULL;
CREATE INDEX ix_inbox_dead ON inbox (id) WHERE state = 'dead';
CREATE INDEX ix_outbox_uncertain ON outbox (kind, id) WHERE state = 'uncertain';
CREATE TRIGGER credits_stay BEFORE UPDATE ON credits BEGIN SELECT RAISE(ABORT, 'a credit stays'); END;
CREATE TRIGGER credits_remain BEFORE DELETE ON credits BEGIN SELECT RAISE(ABORT, 'a credit stays'); END;
CREATE INDEX ix_sales_counted ON sales (period, seller_id, customer_id) WHERE status = 'approved' AND customer_id IS NOT NULL;
CREATE TRIGGER ranks_stay BEFORE UPDATE ON ranks BEGIN SELECT RAISE(ABORT, 'a rank stays'); END;
CREATE TRIGGER ranks_remain BEFORE DELETE ON ranks BEGIN SELECT RAISE(ABORT, 'a rank stays'); END;
CREATE INDEX ix_menus_asked_at ON menus (asked_at) WHERE asked_at IS NOT NULL;
CREATE INDEX ix_sessions_asked_at ON sessions (asked_at);
CREATE INDEX ix_albums_at ON albums (at);
CREATE INDEX ix_outbox_open_by_chat ON outbox (chat_id, kind, id) WHERE state IN ('new', 'sending');
CREATE INDEX ix_outbox_due ON outbox (kind, due_at, id) WHERE state = 'new' AND due_at IS NOT NULL;
CREATE INDEX ix_outbox_sending ON outbox (chat_id) WHERE state = 'sending';
CREATE INDEX ix_outbox_passing ON outbox (chat_id, id) WHERE state = 'new' AND passing = 1;
CREATE INDEX ix_outbox_expiring ON outbox (expires_at) WHERE state = 'new' AND expires_at IS NOT NULL;
CREATE INDEX ix_inbox_open_by_lane ON inbox (lane, id) WHERE state = 'new';
CREATE INDEX ix_members_import_id ON members (import_id, id) WHERE import_id IS NOT NULL;
COMMIT;
