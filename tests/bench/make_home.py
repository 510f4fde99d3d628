#!/usr/bin/env python3
"""make_home.py: write a deterministic, realistic big home directory for benchmarks.

    python make_home.py OUT --seed 1 --chromium-visits 1000000 --firefox-visits 500000 \
        --photos 50000 --chats 20000 --mails 5000

Everything is fictional: site names are random syllables and a number (search URLs have the real
engines' form), people are numbered. Nothing is ever fetched.
Database schemas are those of Chromium 156 (History v70) and Firefox 153 (places v86).
Needs Pillow; pillow-heif is optional (no HEIC files without it).
OUT.manifest.json, beside OUT, holds the true counts, so a benchmark can check its answers.
The same arguments give the same files, byte for byte, with one SQLite version and one Pillow;
only places.sqlite-wal differs (SQLite draws its salts at random; its rows are the same).
"""

import argparse, bisect, io, itertools, json, os, random, shutil, sqlite3, struct, time, zlib
from pathlib import Path

EPOCH_CR = 11644473600  # seconds from 1601-01-01 to 1970-01-01
NOW = 1795000000  # fixed 'now': 2026-11-18
YEAR = 365 * 86400

# ---------------------------------------------------------------- schemas
CR_HISTORY = """
CREATE TABLE meta(key LONGVARCHAR NOT NULL UNIQUE PRIMARY KEY, value LONGVARCHAR);
CREATE TABLE urls(id INTEGER PRIMARY KEY AUTOINCREMENT,url LONGVARCHAR,title LONGVARCHAR,visit_count INTEGER DEFAULT 0 NOT NULL,typed_count INTEGER DEFAULT 0 NOT NULL,last_visit_time INTEGER NOT NULL,hidden INTEGER DEFAULT 0 NOT NULL);
CREATE TABLE visits(id INTEGER PRIMARY KEY AUTOINCREMENT,url INTEGER NOT NULL,visit_time INTEGER NOT NULL,from_visit INTEGER,external_referrer_url TEXT,transition INTEGER DEFAULT 0 NOT NULL,segment_id INTEGER,visit_duration INTEGER DEFAULT 0 NOT NULL,incremented_omnibox_typed_score BOOLEAN DEFAULT FALSE NOT NULL,opener_visit INTEGER,originator_cache_guid TEXT,originator_visit_id INTEGER,originator_from_visit INTEGER,originator_opener_visit INTEGER,is_known_to_sync BOOLEAN DEFAULT FALSE NOT NULL,consider_for_ntp_most_visited BOOLEAN DEFAULT FALSE NOT NULL,visited_link_id INTEGER DEFAULT 0 NOT NULL,app_id TEXT);
CREATE TABLE visit_source(id INTEGER PRIMARY KEY,source INTEGER NOT NULL);
CREATE TABLE keyword_search_terms (keyword_id INTEGER NOT NULL,url_id INTEGER NOT NULL,term LONGVARCHAR NOT NULL,normalized_term LONGVARCHAR NOT NULL);
CREATE TABLE downloads (id INTEGER PRIMARY KEY,guid VARCHAR NOT NULL,current_path LONGVARCHAR NOT NULL,target_path LONGVARCHAR NOT NULL,start_time INTEGER NOT NULL,received_bytes INTEGER NOT NULL,total_bytes INTEGER NOT NULL,state INTEGER NOT NULL,danger_type INTEGER NOT NULL,interrupt_reason INTEGER NOT NULL,hash BLOB NOT NULL,end_time INTEGER NOT NULL,opened INTEGER NOT NULL,last_access_time INTEGER NOT NULL,transient INTEGER NOT NULL,referrer VARCHAR NOT NULL,site_url VARCHAR NOT NULL,embedder_download_data VARCHAR NOT NULL,tab_url VARCHAR NOT NULL,tab_referrer_url VARCHAR NOT NULL,http_method VARCHAR NOT NULL,by_ext_id VARCHAR NOT NULL,by_ext_name VARCHAR NOT NULL,by_web_app_id VARCHAR NOT NULL,etag VARCHAR NOT NULL,last_modified VARCHAR NOT NULL,mime_type VARCHAR(255) NOT NULL,original_mime_type VARCHAR(255) NOT NULL);
CREATE TABLE downloads_url_chains (id INTEGER NOT NULL,chain_index INTEGER NOT NULL,url LONGVARCHAR NOT NULL, PRIMARY KEY (id, chain_index) );
CREATE TABLE segments (id INTEGER PRIMARY KEY,name VARCHAR,url_id INTEGER NON NULL);
CREATE TABLE segment_usage (id INTEGER PRIMARY KEY,segment_id INTEGER NOT NULL,time_slot INTEGER NOT NULL,visit_count INTEGER DEFAULT 0 NOT NULL);
CREATE TABLE content_annotations(visit_id INTEGER PRIMARY KEY,visibility_score NUMERIC,floc_protected_score NUMERIC,categories VARCHAR,page_topics_model_version INTEGER,annotation_flags INTEGER NOT NULL,entities VARCHAR,related_searches VARCHAR,search_normalized_url VARCHAR,search_terms LONGVARCHAR,alternative_title VARCHAR,page_language VARCHAR,password_state INTEGER DEFAULT 0 NOT NULL,has_url_keyed_image BOOLEAN NOT NULL);
CREATE TABLE context_annotations(visit_id INTEGER PRIMARY KEY,context_annotation_flags INTEGER NOT NULL,duration_since_last_visit INTEGER,page_end_reason INTEGER,total_foreground_duration INTEGER,browser_type INTEGER DEFAULT 0 NOT NULL,window_id INTEGER DEFAULT -1 NOT NULL,tab_id INTEGER DEFAULT -1 NOT NULL,task_id INTEGER DEFAULT -1 NOT NULL,root_task_id INTEGER DEFAULT -1 NOT NULL,parent_task_id INTEGER DEFAULT -1 NOT NULL,response_code INTEGER DEFAULT 0 NOT NULL);
CREATE TABLE visited_links(id INTEGER PRIMARY KEY AUTOINCREMENT,link_url_id INTEGER NOT NULL,top_level_url LONGVARCHAR NOT NULL,frame_url LONGVARCHAR NOT NULL,visit_count INTEGER DEFAULT 0 NOT NULL);
"""
CR_HISTORY_IX = """
CREATE INDEX visits_url_index ON visits (url);
CREATE INDEX visits_from_index ON visits (from_visit);
CREATE INDEX visits_time_index ON visits (visit_time);
CREATE INDEX visits_originator_id_index ON visits (originator_visit_id);
CREATE INDEX keyword_search_terms_index1 ON keyword_search_terms (keyword_id, normalized_term);
CREATE INDEX keyword_search_terms_index2 ON keyword_search_terms (url_id);
CREATE INDEX keyword_search_terms_index3 ON keyword_search_terms (term);
CREATE INDEX segments_name ON segments(name);
CREATE INDEX urls_url_index ON urls (url);
"""
CR_COOKIES = """
CREATE TABLE meta(key LONGVARCHAR NOT NULL UNIQUE PRIMARY KEY, value LONGVARCHAR);
CREATE TABLE cookies(creation_utc INTEGER NOT NULL,host_key TEXT NOT NULL,top_frame_site_key TEXT NOT NULL,name TEXT NOT NULL,value TEXT NOT NULL,encrypted_value BLOB NOT NULL,path TEXT NOT NULL,expires_utc INTEGER NOT NULL,is_secure INTEGER NOT NULL,is_httponly INTEGER NOT NULL,last_access_utc INTEGER NOT NULL,has_expires INTEGER NOT NULL,is_persistent INTEGER NOT NULL,priority INTEGER NOT NULL,samesite INTEGER NOT NULL,source_scheme INTEGER NOT NULL,source_port INTEGER NOT NULL,last_update_utc INTEGER NOT NULL,source_type INTEGER NOT NULL,has_cross_site_ancestor INTEGER NOT NULL);
CREATE UNIQUE INDEX cookies_unique_index ON cookies(host_key, top_frame_site_key, has_cross_site_ancestor, name, path, source_scheme, source_port);
"""
CR_LOGIN = """
CREATE TABLE meta(key LONGVARCHAR NOT NULL UNIQUE PRIMARY KEY, value LONGVARCHAR);
CREATE TABLE logins (origin_url VARCHAR NOT NULL, action_url VARCHAR, username_element VARCHAR, username_value VARCHAR, password_element VARCHAR, password_value BLOB, submit_element VARCHAR, signon_realm VARCHAR NOT NULL, date_created INTEGER NOT NULL, blacklisted_by_user INTEGER NOT NULL, scheme INTEGER NOT NULL, password_type INTEGER, times_used INTEGER, form_data BLOB, display_name VARCHAR, icon_url VARCHAR, federation_url VARCHAR, skip_zero_click INTEGER, generation_upload_status INTEGER, possible_username_pairs BLOB, id INTEGER PRIMARY KEY AUTOINCREMENT, date_last_used INTEGER NOT NULL DEFAULT 0, moving_blocked_for BLOB, date_password_modified INTEGER NOT NULL DEFAULT 0, UNIQUE (origin_url, username_element, username_value, password_element, signon_realm));
"""
CR_WEBDATA = """
CREATE TABLE meta(key LONGVARCHAR NOT NULL UNIQUE PRIMARY KEY, value LONGVARCHAR);
CREATE TABLE autofill (name VARCHAR, value VARCHAR, value_lower VARCHAR, date_created INTEGER DEFAULT 0, date_last_used INTEGER DEFAULT 0, count INTEGER DEFAULT 1, PRIMARY KEY (name, value));
CREATE INDEX autofill_name ON autofill(name);
CREATE INDEX autofill_name_value_lower ON autofill(name, value_lower);
CREATE TABLE keywords (id INTEGER PRIMARY KEY,short_name VARCHAR NOT NULL,keyword VARCHAR NOT NULL,url VARCHAR NOT NULL);
CREATE TABLE credit_cards (guid VARCHAR PRIMARY KEY, name_on_card VARCHAR, expiration_month INTEGER, expiration_year INTEGER, card_number_encrypted BLOB, date_modified INTEGER NOT NULL DEFAULT 0, use_count INTEGER NOT NULL DEFAULT 0, use_date INTEGER NOT NULL DEFAULT 0, billing_address_id VARCHAR, nickname VARCHAR);
"""
FF_PLACES = """
CREATE TABLE moz_origins ( id INTEGER PRIMARY KEY, prefix TEXT NOT NULL, host TEXT NOT NULL, frecency INTEGER NOT NULL, recalc_frecency INTEGER NOT NULL DEFAULT 0, alt_frecency INTEGER, recalc_alt_frecency INTEGER NOT NULL DEFAULT 0, block_until_ms INTEGER, block_pages_until_ms INTEGER, UNIQUE (prefix, host) );
CREATE TABLE moz_places ( id INTEGER PRIMARY KEY, url LONGVARCHAR, title LONGVARCHAR, rev_host LONGVARCHAR, visit_count INTEGER DEFAULT 0, hidden INTEGER DEFAULT 0 NOT NULL, typed INTEGER DEFAULT 0 NOT NULL, frecency INTEGER DEFAULT -1 NOT NULL, last_visit_date INTEGER, guid TEXT, foreign_count INTEGER DEFAULT 0 NOT NULL, url_hash INTEGER DEFAULT 0 NOT NULL, description TEXT, preview_image_url TEXT, site_name TEXT, origin_id INTEGER REFERENCES moz_origins(id), recalc_frecency INTEGER NOT NULL DEFAULT 0, alt_frecency INTEGER, recalc_alt_frecency INTEGER NOT NULL DEFAULT 0);
CREATE TABLE moz_historyvisits ( id INTEGER PRIMARY KEY, from_visit INTEGER, place_id INTEGER, visit_date INTEGER, visit_type INTEGER, session INTEGER, source INTEGER DEFAULT 0 NOT NULL, triggeringPlaceId INTEGER);
CREATE TABLE moz_inputhistory ( place_id INTEGER NOT NULL, input LONGVARCHAR NOT NULL, use_count INTEGER, PRIMARY KEY (place_id, input));
CREATE TABLE moz_bookmarks ( id INTEGER PRIMARY KEY, type INTEGER, fk INTEGER DEFAULT NULL, parent INTEGER, position INTEGER, title LONGVARCHAR, keyword_id INTEGER, folder_type TEXT, dateAdded INTEGER, lastModified INTEGER, guid TEXT, syncStatus INTEGER NOT NULL DEFAULT 0, syncChangeCounter INTEGER NOT NULL DEFAULT 1);
CREATE TABLE moz_meta (key TEXT PRIMARY KEY, value NOT NULL) WITHOUT ROWID;
CREATE TABLE moz_places_metadata_search_queries ( id INTEGER PRIMARY KEY, terms TEXT NOT NULL UNIQUE );
"""
FF_PLACES_IX = """
CREATE INDEX moz_places_url_hashindex ON moz_places (url_hash);
CREATE INDEX moz_places_hostindex ON moz_places (rev_host);
CREATE INDEX moz_places_visitcount ON moz_places (visit_count);
CREATE INDEX moz_places_frecencyindex ON moz_places (frecency);
CREATE INDEX moz_places_lastvisitdateindex ON moz_places (last_visit_date);
CREATE UNIQUE INDEX moz_places_guid_uniqueindex ON moz_places (guid);
CREATE INDEX moz_places_originidindex ON moz_places (origin_id);
CREATE INDEX moz_places_altfrecencyindex ON moz_places (alt_frecency);
CREATE INDEX moz_historyvisits_placedateindex ON moz_historyvisits (place_id, visit_date);
CREATE INDEX moz_historyvisits_fromindex ON moz_historyvisits (from_visit);
CREATE INDEX moz_historyvisits_dateindex ON moz_historyvisits (visit_date);
"""
FF_FORM = """
CREATE TABLE moz_formhistory (id INTEGER PRIMARY KEY, fieldname TEXT NOT NULL, value TEXT NOT NULL, timesUsed INTEGER, firstUsed INTEGER, lastUsed INTEGER, guid TEXT);
CREATE TABLE moz_deleted_formhistory (id INTEGER PRIMARY KEY, timeDeleted INTEGER, guid TEXT);
CREATE INDEX moz_formhistory_index ON moz_formhistory(fieldname);
CREATE INDEX moz_formhistory_lastused_index ON moz_formhistory(lastUsed);
CREATE INDEX moz_formhistory_guid_index ON moz_formhistory(guid);
"""
FF_COOKIES = """
CREATE TABLE moz_cookies (id INTEGER PRIMARY KEY, originAttributes TEXT NOT NULL DEFAULT '', name TEXT, value TEXT, host TEXT, path TEXT, expiry INTEGER, lastAccessed INTEGER, creationTime INTEGER, isSecure INTEGER, isHttpOnly INTEGER, inBrowserElement INTEGER DEFAULT 0, sameSite INTEGER DEFAULT 0, schemeMap INTEGER DEFAULT 0, isPartitionedAttributeSet INTEGER DEFAULT 0, updateTime INTEGER, CONSTRAINT moz_uniqueid UNIQUE (name, host, path, originAttributes));
"""

# ---------------------------------------------------------------- words, sites, urls
SYL = "ba be bo ca ce co da de do fa fe go ha ki la le lo ma me mi mo na ne no pa pe po ra re ri ro sa se so ta te to va ve vo za".split()
TLD = (
    ["com"] * 8
    + ["org"] * 3
    + ["net"] * 2
    + [
        "co.uk",
        "com.au",
        "de",
        "fr",
        "io",
        "gov",
        "edu",
        "co.jp",
        "com.br",
        "github.io",
    ]
)
SUB = [""] * 4 + ["www."] * 8 + ["m.", "shop.", "mail.", "en.", "news.", "accounts."]
SEARCH = [
    (2, "https://duckduckgo.com/?q=%s&ia=web"),
    (3, "https://www.google.com/search?q=%s&ie=UTF-8"),
    (4, "https://www.bing.com/search?q=%s&form=QBLH"),
]
TOPICS = "divorce lawyer|rash on arm|cheap flights|how to quit job|symptoms|loan rates|gift ideas|used car|rent flat|bus times".split(
    "|"
)


def word(r, n=None):
    return "".join(r.choice(SYL) for _ in range(n or r.randint(2, 4)))


def make_sites(r, n):
    sites = [(r.choice(SUB), f"{word(r, 3)}{i}", r.choice(TLD)) for i in range(n)]
    cum = list(itertools.accumulate(1 / (i + 1) ** 0.9 for i in range(n)))  # Zipf
    return sites, cum


def make_urls(r, n, sites, cum):
    """n rows (url, title, term or None, keyword_id)"""
    tot = cum[-1]
    for i in range(n):
        if r.random() < 0.06:
            term = f"{r.choice(TOPICS)} {word(r)} {r.randint(0, 9999)}"
            k, tpl = r.choice(SEARCH)
            yield tpl % term.replace(" ", "+"), f"{term} - Search", term, k
            continue
        s, d, t = sites[bisect.bisect_left(cum, r.random() * tot)]
        path = "/".join(word(r) for _ in range(r.randint(0, 4)))
        q = f"?id={r.getrandbits(40):x}&ref={word(r)}" if r.random() < 0.35 else ""
        yield (
            f"https://{s}{d}.{t}/{path}/{i}{q}",
            f"{word(r)} {word(r)} {word(r)} - {d}".title(),
            None,
            0,
        )


def new_db(path, ddl, wal=False, page=4096):
    path.parent.mkdir(parents=True, exist_ok=True)
    for x in ("", "-wal", "-shm", "-journal"):
        Path(str(path) + x).unlink(missing_ok=True)
    c = sqlite3.connect(path, isolation_level=None)
    c.executescript(
        f"PRAGMA page_size={page};PRAGMA journal_mode=OFF;PRAGMA synchronous=OFF;PRAGMA cache_size=-200000;"
    )
    c.executescript(ddl)
    return c


def spread(r, n):
    """n rising visit times over three years, unix seconds as floats"""
    step = 3 * YEAR / max(n, 1)
    return [NOW - 3 * YEAR + (i + r.random()) * step for i in range(n)]


def chromium(r, prof, visits, man):
    nurl = max(1, int(visits * 0.4))
    sites, cum = make_sites(r, max(10, min(30000, nurl // 10)))
    rows = list(make_urls(r, nurl, sites, cum))
    c = new_db(prof / "History", CR_HISTORY)
    c.execute("BEGIN")
    c.executemany(
        "INSERT INTO meta VALUES(?,?)",
        [("version", "70"), ("last_compatible_version", "16"), ("mmap_status", "-1")],
    )
    t = [int((x + EPOCH_CR) * 1e6) for x in spread(r, visits)]
    target = [
        r.randrange(nurl) if r.random() < 0.7 else r.randrange(max(1, nurl // 50))
        for _ in range(visits)
    ]
    cnt, last = [0] * nurl, [0] * nurl
    for u, x in zip(target, t):
        cnt[u] += 1
        last[u] = x
    c.executemany(
        "INSERT INTO urls(id,url,title,visit_count,typed_count,last_visit_time,hidden) VALUES(?,?,?,?,?,?,0)",
        (
            (i + 1, u, ti, cnt[i], i % 7 == 0, last[i])
            for i, (u, ti, _, _) in enumerate(rows)
        ),
    )
    c.executemany(
        "INSERT INTO visits(id,url,visit_time,from_visit,transition,visit_duration,originator_cache_guid,originator_visit_id,visited_link_id) VALUES(?,?,?,?,?,?,?,?,?)",
        (
            (
                i + 1,
                u + 1,
                x,
                i if i % 3 else 0,
                0x30000001,
                (u * 7919) % 90000000,
                "",
                0,
                0,
            )
            for i, (u, x) in enumerate(zip(target, t))
        ),
    )
    terms = [(k, i + 1, s, s.lower()) for i, (_, _, s, k) in enumerate(rows) if s]
    c.executemany("INSERT INTO keyword_search_terms VALUES(?,?,?,?)", terms)
    c.executemany(
        "INSERT INTO content_annotations(visit_id,annotation_flags,has_url_keyed_image) VALUES(?,0,0)",
        ((i + 1,) for i in range(0, visits, 4)),
    )
    c.execute("COMMIT")
    c.executescript(CR_HISTORY_IX)
    c.close()
    n = max(10, min(20000, nurl // 20))
    hosts = [f".{d}.{tl}" for _, d, tl in sites]
    c = new_db(prof / "Cookies", CR_COOKIES)
    c.execute("BEGIN")
    c.executemany(
        'INSERT INTO cookies VALUES(?,?,"",?,"",?,"/",?,1,0,?,1,1,1,0,2,443,?,0,0)',
        (
            (
                t[i % visits],
                hosts[i % len(hosts)],
                f"ck{i}",
                b"v10" + r.randbytes(64),
                t[-1] + 10**12,
                t[-1],
                t[-1],
            )
            for i in range(n)
        ),
    )
    c.execute("COMMIT")
    c.close()
    c = new_db(prof / "Login Data", CR_LOGIN, page=2048)
    c.execute("BEGIN")
    nl = max(5, n // 100)
    c.executemany(
        'INSERT INTO logins(origin_url,username_value,password_value,signon_realm,username_element,password_element,date_created,blacklisted_by_user,scheme) VALUES(?,?,?,?,"u","p",?,?,0)',
        (
            (
                f"https://{hosts[i % len(hosts)][1:]}/",
                f"person{i % 4}@mail.example",
                b"v10" + r.randbytes(32),
                f"https://{hosts[i % len(hosts)][1:]}/#{i}",
                t[-1],
                i % 9 == 0,
            )
            for i in range(nl)
        ),
    )
    c.execute("COMMIT")
    c.close()
    c = new_db(prof / "Web Data", CR_WEBDATA, page=2048)
    c.execute("BEGIN")
    na = max(10, n // 10)
    c.executemany(
        "INSERT INTO autofill VALUES(?,?,?,?,?,?)",
        (
            (f"{word(r, 2)}{i}", f"Value {i}", f"value {i}", NOW - YEAR, NOW, 1 + i % 9)
            for i in range(na)
        ),
    )
    c.executemany(
        "INSERT INTO keywords VALUES(?,?,?,?)",
        [
            (k, u.split("/")[2], u.split("/")[2], u.replace("%s", "{searchTerms}"))
            for k, u in SEARCH
        ],
    )
    c.execute("COMMIT")
    c.close()
    man["chromium"] = dict(
        visits=visits, urls=nurl, searches=len(terms), cookies=n, logins=nl, autofill=na
    )


def firefox(r, root, visits, wal_rows, man):
    prof = root / "abcd1234.default-release"
    prof.mkdir(parents=True, exist_ok=True)
    (root / "profiles.ini").write_text(
        "[Profile0]\nName=default-release\nIsRelative=1\nPath=abcd1234.default-release\nDefault=1\n\n[General]\nStartWithLastProfile=1\nVersion=2\n"
    )
    n = max(1, int(visits * 0.4))
    sites, cum = make_sites(r, max(10, min(20000, n // 10)))
    rows = list(make_urls(r, n, sites, cum))
    t = [int(x * 1e6) for x in spread(r, visits)]
    target = [r.randrange(n) for _ in range(visits)]
    cnt, last = [0] * n, [None] * n
    for u, x in zip(target, t):
        cnt[u] += 1
        last[u] = x
    c = new_db(prof / "places.sqlite", FF_PLACES, page=32768)
    c.execute("PRAGMA user_version=86")
    c.execute("BEGIN")
    host = [u.split("/")[2] for u, *_ in rows]
    oid = {h: i + 1 for i, h in enumerate(dict.fromkeys(host))}
    c.executemany(
        'INSERT INTO moz_origins(id,prefix,host,frecency) VALUES(?,"https://",?,100)',
        ((i, h) for h, i in oid.items()),
    )
    c.executemany(
        "INSERT INTO moz_places(id,url,title,rev_host,visit_count,typed,frecency,last_visit_date,guid,url_hash,origin_id) VALUES(?,?,?,?,?,?,?,?,?,?,?)",
        (
            (
                i + 1,
                u,
                ti,
                host[i][::-1] + ".",
                cnt[i],
                i % 9 == 0,
                100 + cnt[i],
                last[i],
                f"{i:012x}",
                47356411089529 + zlib.crc32(u.encode()),
                oid[host[i]],
            )
            for i, (u, ti, _, _) in enumerate(rows)
        ),
    )
    c.executemany(
        "INSERT INTO moz_historyvisits(id,from_visit,place_id,visit_date,visit_type,session) VALUES(?,?,?,?,1,0)",
        (
            (i + 1, i if i % 3 else 0, u + 1, x)
            for i, (u, x) in enumerate(zip(target, t))
        ),
    )
    c.executemany(
        "INSERT INTO moz_inputhistory VALUES(?,?,1)",
        ((i + 1, word(r)) for i in range(0, n, 200)),
    )
    c.execute("COMMIT")
    c.executescript(FF_PLACES_IX)
    db, wal = prof / "places.sqlite", prof / "places.sqlite-wal"
    c.execute("PRAGMA journal_mode=WAL")
    c.close()
    if wal_rows:  # a WAL that nobody checkpointed, as after a crash
        c = sqlite3.connect(db, isolation_level=None)
        c.execute("PRAGMA wal_autocheckpoint=0")
        c.execute("BEGIN")
        c.executemany(
            "INSERT INTO moz_historyvisits(from_visit,place_id,visit_date,visit_type,session) VALUES(0,?,?,1,0)",
            ((1 + i % n, (NOW + i) * 10**6) for i in range(wal_rows)),
        )
        c.execute("COMMIT")
        keep = [(p, p.with_name("keep" + p.name)) for p in (db, wal)]
        for a, b in keep:
            shutil.copyfile(a, b)
        c.close()
        for a, b in keep:
            os.replace(b, a)
    c = new_db(prof / "formhistory.sqlite", FF_FORM, page=32768)
    c.execute("BEGIN")
    nf = max(10, n // 20)
    c.executemany(
        "INSERT INTO moz_formhistory(fieldname,value,timesUsed,firstUsed,lastUsed,guid) VALUES(?,?,1,?,?,?)",
        (
            (
                "searchbar-history" if i % 4 == 0 else word(r, 2),
                f"{r.choice(TOPICS)} {i}",
                t[0],
                t[-1],
                f"f{i:011x}",
            )
            for i in range(nf)
        ),
    )
    c.execute("COMMIT")
    c.close()
    c = new_db(prof / "cookies.sqlite", FF_COOKIES, page=32768)
    c.execute("BEGIN")
    nc = max(10, min(5000, n // 20))
    hs = list(oid)
    c.executemany(
        'INSERT INTO moz_cookies(name,value,host,path,expiry,lastAccessed,creationTime,isSecure,isHttpOnly) VALUES(?,?,?,"/",?,?,?,1,0)',
        (
            (
                f"c{i}",
                r.randbytes(16).hex(),
                "." + hs[i % len(hs)],
                NOW + YEAR,
                t[-1],
                t[0],
            )
            for i in range(nc)
        ),
    )
    c.execute("COMMIT")
    c.close()
    nl = max(5, nc // 50)
    (prof / "logins.json").write_text(
        json.dumps(
            {
                "nextId": nl + 1,
                "logins": [
                    dict(
                        id=i + 1,
                        hostname="https://" + hs[i % len(hs)],
                        httpRealm=None,
                        formSubmitURL="https://" + hs[i % len(hs)],
                        usernameField="u",
                        passwordField="p",
                        encryptedUsername="MDoE" + r.randbytes(33).hex(),
                        encryptedPassword="MDoE" + r.randbytes(33).hex(),
                        guid=f"{{{i:032x}}}",
                        encType=1,
                        timeCreated=NOW * 1000,
                        timeLastUsed=NOW * 1000,
                        timePasswordChanged=NOW * 1000,
                        timesUsed=1,
                    )
                    for i in range(nl)
                ],
                "version": 3,
            }
        )
    )
    man["firefox"] = dict(
        visits=visits + wal_rows,
        wal_rows=wal_rows,
        urls=n,
        origins=len(oid),
        formhistory=nf,
        cookies=nc,
        logins=nl,
        searches=sum(1 for x in rows if x[2]),
    )


# ---------------------------------------------------------------- photos
def tiff(entries_ifd0, exif, gps=None, thumb=b"", big=False, strip=b""):
    """A TIFF block (little endian, or big) with IFD0, Exif IFD, optional GPS IFD, IFD1 with a thumbnail, image strip."""
    e = ">" if big else "<"
    out = bytearray(struct.pack(e + "2sHI", b"MM" if big else b"II", 42, 8))

    def size(ents):
        return (
            2
            + 12 * len(ents)
            + 4
            + sum((len(d) + 1) // 2 * 2 for _, _, _, d in ents if len(d) > 4)
        )

    def put(ents, base, nxt=0):
        ents = sorted(ents)
        b = bytearray(struct.pack(e + "H", len(ents)))
        dat = bytearray()
        off = base + 2 + 12 * len(ents) + 4
        for tag, typ, n, d in ents:
            if len(d) > 4:
                v = struct.pack(e + "I", off + len(dat))
                dat += d + b"\0" * (len(d) % 2)
            else:
                v = d.ljust(4, b"\0")
            b += struct.pack(e + "HHI", tag, typ, n) + v
        return bytes(b + struct.pack(e + "I", nxt) + dat)

    L = lambda v: struct.pack(e + "I", v)
    i0 = (
        entries_ifd0
        + [(0x8769, 4, 1, b"1234")]
        + ([(0x8825, 4, 1, b"1234")] if gps else [])
        + ([(0x111, 4, 1, b"1234")] if strip else [])
    )
    a = 8 + size(i0)
    b = a + size(exif)
    g = b + (size(gps) if gps else 0)
    i1 = [
        (0x103, 3, 1, struct.pack(e + "H", 6)),
        (0x201, 4, 1, b"1234"),
        (0x202, 4, 1, L(len(thumb))),
    ]
    end = g + (size(i1) + len(thumb) if thumb else 0)
    fix = {0x8769: L(a), 0x8825: L(b), 0x111: L(end)}
    out += put(
        [(t, ty, n, fix.get(t, d)) for t, ty, n, d in i0], 8, g if thumb else 0
    ) + put(exif, a)
    if gps:
        out += put(gps, b)
    if thumb:
        out += (
            put(
                [
                    (t, ty, n, L(g + size(i1)) if t == 0x201 else d)
                    for t, ty, n, d in i1
                ],
                g,
            )
            + thumb
        )
    return bytes(out + strip)


def exif_block(r, gps, thumb, big=False, note=2000, strip=b""):
    e = ">" if big else "<"
    S = lambda s: (2, len(s) + 1, s.encode() + b"\0")
    R = lambda *v: (
        5,
        len(v),
        b"".join(struct.pack(e + "II", int(x * 10000), 10000) for x in v),
    )
    H = lambda v: (3, 1, struct.pack(e + "H", v))
    when = time.strftime("%Y:%m:%d %H:%M:%S", time.gmtime(NOW - r.randrange(3 * YEAR)))
    i0 = [
        (0x10F, *S("Maker%d" % r.randrange(5))),
        (0x110, *S("Phone %d" % r.randrange(20))),
        (0x112, *H(1)),
        (0x11A, *R(72)),
        (0x11B, *R(72)),
        (0x128, *H(2)),
        (0x131, *S("16.2")),
        (0x132, *S(when)),
        (0x213, *H(1)),
    ]
    if strip:
        i0 += [
            (0x100, *H(8)),
            (0x101, *H(8)),
            (0x102, *H(8)),
            (0x103, *H(1)),
            (0x106, *H(1)),
            (0x115, *H(1)),
            (0x116, *H(8)),
            (0x117, *H(64)),
        ]
    ex = [
        (0x829A, *R(0.01)),
        (0x829D, *R(1.8)),
        (0x8827, *H(100)),
        (0x9000, 7, 4, b"0232"),
        (0x9003, *S(when)),
        (0x9004, *S(when)),
        (0x927C, 7, note, r.randbytes(note)),
        (0xA001, *H(1)),
        (0xA002, *H(64)),
        (0xA003, *H(64)),
    ]
    lat, lon = r.random() * 80, r.random() * 170
    dms = lambda v: R(int(v), int(v * 60 % 60), v * 3600 % 60)
    g = (
        [
            (0, 1, 4, b"\2\3\0\0"),
            (1, *S("NS"[r.randrange(2)])),
            (2, *dms(lat)),
            (3, *S("EW"[r.randrange(2)])),
            (4, *dms(lon)),
            (5, 1, 1, b"\0"),
            (6, *R(r.random() * 500)),
            (29, *S(when[:10])),
        ]
        if gps
        else None
    )
    return tiff(i0, ex, g, thumb, big, strip)


def jpegs():
    from PIL import Image

    r = random.Random(7)
    pics = {}

    def enc(im, **k):
        b = io.BytesIO()
        im.save(b, "JPEG", **k)
        return b.getvalue()

    noise = lambda w, h: Image.frombytes("RGB", (w, h), r.randbytes(w * h * 3))
    pics["thumb"] = enc(noise(160, 120).resize((160, 120)), quality=60)
    pics["small"] = [enc(noise(96 + 16 * i, 96), quality=70) for i in range(4)]
    pics["real"] = [enc(noise(1600 + 100 * i, 1200), quality=80) for i in range(4)]
    return pics


def app(marker, body):
    return struct.pack(">BBH", 255, marker, len(body) + 2) + body


def xmp_gps(r):
    return app(
        0xE1,
        b'http://ns.adobe.com/xap/1.0/\0<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:exif="http://ns.adobe.com/exif/1.0/" exif:GPSLatitude="%d,%.4fN" exif:GPSLongitude="%d,%.4fE"/></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
        % (r.randrange(80), r.random() * 60, r.randrange(170), r.random() * 60),
    )


def box(t, *b):
    b = b"".join(b)
    return struct.pack(">I", len(b) + 8) + t + b


def movie(r, path, gps, size):
    loc = ("%+08.4f%+09.4f+012.345/" % (r.random() * 80, r.random() * 170)).encode()
    mvhd = box(b"mvhd", struct.pack(">IIIII", 0, 0, 0, 600, 6000), b"\0" * 80)
    if path.suffix == ".mov":
        key = (
            b"com.apple.quicktime.location.ISO6709"
            if gps
            else b"com.apple.quicktime.software"
        )
        val = loc if gps else b"16.2"
        x = box(
            b"meta",
            box(b"hdlr", b"\0" * 8 + b"mdta" + b"\0" * 12),
            box(
                b"keys",
                struct.pack(">II", 0, 1),
                struct.pack(">I", len(key) + 8) + b"mdta" + key,
            ),
            box(
                b"ilst",
                box(struct.pack(">I", 1), box(b"data", struct.pack(">II", 1, 0), val)),
            ),
        )
    else:
        x = (
            box(b"udta", box(b"\xa9xyz", struct.pack(">HH", len(loc), 0x15C7), loc))
            if gps
            else box(b"udta")
        )
    moov = box(b"moov", mvhd, x)
    ftyp = box(b"ftyp", b"qt  " if path.suffix == ".mov" else b"isom", b"\0\0\2\0isom")
    with open(
        path, "wb"
    ) as f:  # phones write moov last; mdat is a hole, so it takes no disk
        f.write(ftyp)
        if r.random() < 0.3:
            f.write(moov + struct.pack(">I4s", size, b"mdat"))
            f.truncate(f.tell() + size - 8)
        else:
            f.write(struct.pack(">I4s", size, b"mdat"))
            f.seek(size - 8, 1)
            f.write(moov)


def photos(r, root, n, real, frac, man):
    pics = jpegs()
    root.mkdir(parents=True, exist_ok=True)
    c = dict.fromkeys(
        "jpeg jpeg_gps_exif jpeg_gps_xmp_only png png_gps webp webp_gps tiff tiff_gps heic heic_gps movie movie_gps truncated".split(),
        0,
    )
    every = max(1, n // real) if real else 0
    other = max(1, n // 50)
    for i in range(n):
        d = root / f"{2023 + i * 3 // n}" / f"{i * 36 // n % 12 + 1:02}"
        if i % 500 == 0 or not d.exists():
            d.mkdir(parents=True, exist_ok=True)
        gps = r.random() < frac
        xo = not gps and r.random() < 0.01
        body = r.choice(pics["real"] if every and i % every == 0 else pics["small"])
        head = app(
            0xE1,
            b"Exif\0\0"
            + exif_block(r, gps, pics["thumb"], i % 2 == 1, 200 + i % 7 * 3000),
        ) + (xmp_gps(r) if xo else b"")
        data = b"\xff\xd8" + head + body[2:]
        if i % 1000 == 999:
            data = data[:300]
            c["truncated"] += 1
            gps = xo = False
        (d / f"IMG_{i:06}.jpg").write_bytes(data)
        c["jpeg"] += 1
        c["jpeg_gps_exif"] += gps
        c["jpeg_gps_xmp_only"] += xo
    from PIL import Image

    b = io.BytesIO()
    Image.new("RGB", (64, 64), "teal").save(b, "PNG")
    png = b.getvalue()
    b = io.BytesIO()
    Image.new("RGB", (64, 64), "teal").save(b, "WEBP")
    webp = b.getvalue()[12:]
    d = root / "mixed"
    d.mkdir(exist_ok=True)
    chunk = lambda t, x: (
        struct.pack(">I", len(x)) + t + x + struct.pack(">I", zlib.crc32(t + x))
    )
    for i in range(other):
        for kind in ("png", "webp", "tiff"):
            gps = r.random() < frac
            p = d / f"{kind}_{i:05}.{kind}"
            x = exif_block(
                r, gps, b"", i % 2 == 1, 500, bytes(64) if kind == "tiff" else b""
            )
            if kind == "png":
                p.write_bytes(png[:33] + chunk(b"eXIf", x) + png[33:])
            elif kind == "tiff":
                p.write_bytes(x)
            else:
                body = (
                    b"VP8X"
                    + struct.pack("<IB3x", 10, 8)
                    + (63).to_bytes(3, "little") * 2
                    + webp
                    + b"EXIF"
                    + struct.pack("<I", len(x))
                    + x
                    + b"\0" * (len(x) % 2)
                )
                p.write_bytes(
                    b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body
                )
            c[kind] += 1
            c[kind + "_gps"] += gps
        if i % 5 == 0:
            gps = r.random() < 0.8
            movie(
                r,
                d / f"VID_{i:05}.{('mp4', 'mov')[i // 5 % 2]}",
                gps,
                r.randrange(2 << 20, 40 << 20),
            )
            c["movie"] += 1
            c["movie_gps"] += gps
    try:
        import pillow_heif

        for gps in (False, True):
            x = exif_block(r, gps, b"", True, 900)
            b = io.BytesIO()
            pillow_heif.from_pillow(Image.new("RGB", (64, 64), "teal")).save(b, exif=x)
            for i in range(other):
                (d / f"HEIC_{int(gps)}_{i:05}.heic").write_bytes(b.getvalue())
            c["heic"] += other
            c["heic_gps"] += other * gps
    except ImportError:
        pass
    man["photos"] = c


# ---------------------------------------------------------------- chats and mail
def chats(r, root, n, man):
    for i in range(n):
        d = (
            root
            / ("prpl-jabber", "irc")[i % 5 == 0]
            / "me@chat.example"
            / f"buddy{r.randrange(max(1, n // 40))}@chat.example"
        )
        d.mkdir(parents=True, exist_ok=True)
        t = NOW - r.randrange(3 * YEAR)
        html = i % 3 == 0
        lines = [
            (
                time.strftime("%H:%M:%S", time.gmtime(t + 30 * k)),
                ("me", "buddy")[k % 2],
                " ".join(word(r) for _ in range(r.randint(3, 14))),
            )
            for k in range(r.randint(3, 60))
        ]
        if html:
            s = (
                "<html><head><title>Conversation</title></head><body>\n"
                + "".join(
                    f'<font color="#16569E"><font size="2">({a})</font> <b>{b}:</b></font> {m}<br/>\n'
                    for a, b, m in lines
                )
                + "</body></html>\n"
            )
        else:
            s = "Conversation\n" + "".join(f"({a}) {b}: {m}\n" for a, b, m in lines)
        (
            d
            / (
                time.strftime("%Y-%m-%d.%H%M%S+0000UTC", time.gmtime(t))
                + f".{i}"
                + (".html" if html else ".txt")
            )
        ).write_text(s)
    man["chats"] = n


def mail(r, root, n, man):
    d = root / "qwer5678.default-release" / "Mail" / "Local Folders"
    d.mkdir(parents=True, exist_ok=True)
    (root / "profiles.ini").write_text(
        "[Profile0]\nName=default-release\nIsRelative=1\nPath=qwer5678.default-release\nDefault=1\n"
    )
    with open(d / "Inbox", "w") as f:
        for i in range(n):
            f.write(
                f"From - {time.asctime(time.gmtime(NOW - i * 3600))}\nX-Mozilla-Status: 0001\nMessage-ID: <{i}@mail.example>\nFrom: p{i % 300}@mail.example\nTo: me@mail.example\nSubject: {word(r)} {word(r)}\nDate: {time.strftime('%a, %d %b %Y %H:%M:%S +0000', time.gmtime(NOW - i * 3600))}\n\n"
                + "\n".join(
                    " ".join(word(r) for _ in range(10))
                    for _ in range(r.randint(3, 200))
                )
                + "\n\n"
            )
    man["mails"] = n


def main():
    a = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    a.add_argument("out", type=Path)
    a.add_argument("--seed", type=int, default=1)
    for k, v in dict(
        chromium_visits=100000,
        firefox_visits=50000,
        wal_rows=500,
        photos=5000,
        real_photos=50,
        chats=2000,
        mails=500,
    ).items():
        a.add_argument("--" + k.replace("_", "-"), type=int, default=v)
    a.add_argument("--gps-fraction", type=float, default=0.35)
    a.add_argument(
        "--xdg",
        action="store_true",
        help="Firefox under .config/mozilla, as new profiles are since 147",
    )
    o = a.parse_args()
    man = dict(args={k: str(v) for k, v in vars(o).items()})
    h = o.out
    h.mkdir(parents=True, exist_ok=True)
    R = lambda name: random.Random(f"{o.seed}/{name}")
    if o.chromium_visits:
        chromium(R("cr"), h / ".config/chromium/Default", o.chromium_visits, man)
        (h / ".config/chromium/Local State").write_text(
            json.dumps({"profile": {"info_cache": {"Default": {"name": "Person 1"}}}})
        )
    if o.firefox_visits:
        firefox(
            R("ff"),
            h / (".config/mozilla/firefox" if o.xdg else ".mozilla/firefox"),
            o.firefox_visits,
            o.wal_rows,
            man,
        )
    if o.photos:
        photos(R("ph"), h / "Pictures", o.photos, o.real_photos, o.gps_fraction, man)
    if o.chats:
        chats(R("ch"), h / ".purple/logs", o.chats, man)
    if o.mails:
        mail(R("ma"), h / ".thunderbird", o.mails, man)
    Path(str(h) + ".manifest.json").write_text(json.dumps(man, indent=1) + "\n")
    print(json.dumps(man))


if __name__ == "__main__":
    main()
