CREATE TABLE soup_hsts_policies (id INTEGER PRIMARY KEY, domain TEXT UNIQUE, max_age INTEGER, expiry INTEGER, include_subdomains INTEGER);
