CREATE TABLE preference_values (id INTEGER PRIMARY KEY, domain TEXT NOT NULL, preference TEXT NOT NULL, preference_value, timestamp INTEGER, sync_data BLOB, record_name TEXT);
CREATE TABLE default_preferences (id INTEGER PRIMARY KEY, preference TEXT NOT NULL, default_value);
