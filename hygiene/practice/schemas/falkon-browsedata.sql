CREATE TABLE autofill (data TEXT, id INTEGER PRIMARY KEY, password TEXT, server TEXT, username TEXT, last_used NUMERIC);
CREATE TABLE autofill_encrypted (data_encrypted TEXT, id INTEGER PRIMARY KEY, password_encrypted TEXT, server TEXT, username_encrypted TEXT, last_used NUMERIC);
CREATE TABLE autofill_exceptions (id INTEGER PRIMARY KEY, server TEXT);
CREATE TABLE history (count INTEGER, date NUMERIC, id INTEGER PRIMARY KEY, title TEXT, url TEXT UNIQUE);
CREATE TABLE icons (icon TEXT, id INTEGER PRIMARY KEY, url TEXT);
CREATE TABLE search_engines (description TEXT, icon TEXT, id INTEGER PRIMARY KEY, name TEXT, postData TEXT, shortcut TEXT, suggestionsParameters TEXT, suggestionsUrl TEXT, url TEXT);
