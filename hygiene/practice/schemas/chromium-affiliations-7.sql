CREATE TABLE meta(key LONGVARCHAR NOT NULL UNIQUE PRIMARY KEY, value LONGVARCHAR);
CREATE TABLE eq_classes (id INTEGER PRIMARY KEY AUTOINCREMENT, last_update_time INTEGER, group_display_name VARCHAR, group_icon_url VARCHAR);
CREATE TABLE eq_class_members (id INTEGER PRIMARY KEY AUTOINCREMENT, facet_uri LONGVARCHAR NOT NULL, set_id INTEGER NOT NULL REFERENCES eq_classes(id) ON DELETE CASCADE, facet_display_name VARCHAR, facet_icon_url VARCHAR, change_password_url VARCHAR, UNIQUE (facet_uri));
CREATE INDEX index_on_eq_class_members_set_id ON eq_class_members (set_id);
CREATE TABLE eq_class_groups (id INTEGER PRIMARY KEY AUTOINCREMENT, facet_uri LONGVARCHAR NOT NULL, set_id INTEGER NOT NULL REFERENCES eq_classes(id) ON DELETE CASCADE, main_domain VARCHAR, change_password_url VARCHAR);
CREATE INDEX index_on_eq_groups_url_index ON eq_class_groups (facet_uri);
CREATE INDEX index_on_eq_groups_set_id_index ON eq_class_groups (set_id);
CREATE TABLE psl_extensions (domain VARCHAR NOT NULL, UNIQUE (domain));
