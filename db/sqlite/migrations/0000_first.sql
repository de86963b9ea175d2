CREATE TABLE `clock` (
	`referral` text NOT NULL,
	`id` text NOT NULL,
	`what` text NOT NULL,
	`rule` text,
	`about` text NOT NULL,
	`due_on` text NOT NULL,
	`hard` integer NOT NULL,
	`state` text NOT NULL,
	`salt` text NOT NULL,
	PRIMARY KEY(`referral`, `id`),
	FOREIGN KEY (`referral`) REFERENCES `referral`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `clock_running` ON `clock` (`due_on`,`referral`,`id`) WHERE state = 'running';--> statement-breakpoint
CREATE TABLE `condition` (
	`referral` text NOT NULL,
	`id` text NOT NULL,
	`delivery` text NOT NULL,
	`decision` text NOT NULL,
	`state` text NOT NULL,
	`start_by` text,
	`due_on` text,
	PRIMARY KEY(`referral`, `id`),
	FOREIGN KEY (`referral`,`delivery`) REFERENCES `delivery`(`referral`,`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `delivery` (
	`referral` text NOT NULL,
	`id` text NOT NULL,
	`decision` text NOT NULL,
	`machine` text NOT NULL,
	`machine_version` integer NOT NULL,
	`state` text NOT NULL,
	`context` text NOT NULL,
	PRIMARY KEY(`referral`, `id`),
	FOREIGN KEY (`referral`) REFERENCES `referral`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `offence` (
	`referral` text NOT NULL,
	`number` integer NOT NULL,
	PRIMARY KEY(`referral`, `number`),
	FOREIGN KEY (`referral`) REFERENCES `referral`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `referral` (
	`id` text PRIMARY KEY NOT NULL,
	`partnership` text NOT NULL,
	`area` text,
	`child` text NOT NULL,
	`reference` text,
	`machine` text NOT NULL,
	`machine_version` integer NOT NULL,
	`state` text NOT NULL,
	`context` text NOT NULL,
	`version` integer NOT NULL,
	`opened_at` text NOT NULL,
	`updated_at` text NOT NULL,
	`offences` integer NOT NULL,
	`status` text,
	`recommendation` text,
	`due_on` text,
	`clinic` text,
	`barred` text NOT NULL,
	`erased_at` text,
	`salt` text NOT NULL,
	FOREIGN KEY (`child`) REFERENCES `child`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `referral_reference` ON `referral` (`partnership`,`reference`) WHERE reference IS NOT NULL;--> statement-breakpoint
CREATE INDEX `referral_latest` ON `referral` (`partnership`,`updated_at`,`id`);--> statement-breakpoint
CREATE INDEX `referral_latest_of_area` ON `referral` (`partnership`,`area`,`updated_at`,`id`);--> statement-breakpoint
CREATE INDEX `referral_latest_in_state` ON `referral` (`partnership`,`state`,`updated_at`,`id`);--> statement-breakpoint
CREATE INDEX `referral_latest_by_status` ON `referral` (`partnership`,`status`,`updated_at`,`id`);--> statement-breakpoint
CREATE INDEX `referral_due` ON `referral` (`partnership`,`due_on`) WHERE due_on IS NOT NULL;--> statement-breakpoint
CREATE INDEX `referral_of_child` ON `referral` (`child`);--> statement-breakpoint
CREATE TABLE `task` (
	`referral` text NOT NULL,
	`id` text NOT NULL,
	`task` text NOT NULL,
	`agency` text NOT NULL,
	`due_on` text,
	`since` text NOT NULL,
	`done_at` text,
	`told_at` text,
	`salt` text NOT NULL,
	PRIMARY KEY(`referral`, `id`),
	FOREIGN KEY (`referral`) REFERENCES `referral`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `task_overdue` ON `task` (`due_on`,`referral`,`id`) WHERE due_on IS NOT NULL AND done_at IS NULL AND told_at IS NULL;--> statement-breakpoint
CREATE TABLE `child` (
	`id` text PRIMARY KEY NOT NULL,
	`identity` blob,
	`erased_at` text
) STRICT;
--> statement-breakpoint
CREATE INDEX `child_erased` ON `child` (`erased_at`) WHERE erased_at IS NOT NULL;--> statement-breakpoint
CREATE TABLE `attendance` (
	`clinic` text NOT NULL,
	`place` integer NOT NULL,
	`person` text NOT NULL,
	`role` text NOT NULL,
	`agency` text NOT NULL,
	`way` text NOT NULL,
	`name` blob,
	PRIMARY KEY(`clinic`, `place`),
	FOREIGN KEY (`clinic`) REFERENCES `clinic`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `clinic` (
	`id` text PRIMARY KEY NOT NULL,
	`partnership` text NOT NULL,
	`area` text,
	`held_on` text NOT NULL,
	`state` text NOT NULL,
	`version` integer NOT NULL,
	`minutes` blob
) STRICT;
--> statement-breakpoint
CREATE INDEX `clinic_by_day` ON `clinic` (`partnership`,`held_on`,`id`);--> statement-breakpoint
CREATE INDEX `clinic_by_day_of_area` ON `clinic` (`partnership`,`area`,`held_on`,`id`);--> statement-breakpoint
CREATE TABLE `clinic_item` (
	`clinic` text NOT NULL,
	`referral` text NOT NULL,
	`state` text NOT NULL,
	PRIMARY KEY(`clinic`, `referral`),
	FOREIGN KEY (`clinic`) REFERENCES `clinic`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`referral`) REFERENCES `referral`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `conflict` (
	`clinic` text NOT NULL,
	`referral` text NOT NULL,
	`person` text NOT NULL,
	`at` text NOT NULL,
	PRIMARY KEY(`clinic`, `referral`, `person`),
	FOREIGN KEY (`clinic`) REFERENCES `clinic`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`referral`) REFERENCES `referral`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `access_case` (
	`referral` text NOT NULL,
	`child` text NOT NULL,
	`partnership` text NOT NULL,
	`seq` integer NOT NULL,
	PRIMARY KEY(`referral`, `partnership`, `seq`),
	FOREIGN KEY (`referral`) REFERENCES `referral`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`child`) REFERENCES `child`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `access_of_child` ON `access_case` (`child`,`partnership`,`seq`);--> statement-breakpoint
CREATE TABLE `access_log` (
	`partnership` text NOT NULL,
	`seq` integer NOT NULL,
	`prev` text NOT NULL,
	`hash` text NOT NULL,
	`id` text NOT NULL,
	`at` text NOT NULL,
	`person` text NOT NULL,
	`role` text NOT NULL,
	`agency` text NOT NULL,
	`action` text NOT NULL,
	`request` text NOT NULL,
	`purpose` text,
	`area` text,
	`clinic` text,
	`version` integer,
	`cases` text NOT NULL,
	`covers` text,
	PRIMARY KEY(`partnership`, `seq`)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `access_log_id_unique` ON `access_log` (`id`);--> statement-breakpoint
CREATE INDEX `access_log_of_area` ON `access_log` (`partnership`,`area`,`seq`);--> statement-breakpoint
CREATE TABLE `case_event` (
	`partnership` text NOT NULL,
	`seq` integer NOT NULL,
	`id` text NOT NULL,
	`referral` text NOT NULL,
	`child` text NOT NULL,
	`version` integer NOT NULL,
	`place` integer NOT NULL,
	`act` text NOT NULL,
	`chart` text NOT NULL,
	`delivery` text,
	`type` text NOT NULL,
	`at` text NOT NULL,
	`actor` text NOT NULL,
	`body` text NOT NULL,
	PRIMARY KEY(`partnership`, `seq`),
	FOREIGN KEY (`referral`) REFERENCES `referral`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`child`) REFERENCES `child`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`act`) REFERENCES `access_log`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `case_event_id_unique` ON `case_event` (`id`);--> statement-breakpoint
CREATE UNIQUE INDEX `case_event_of_case` ON `case_event` (`referral`,`version`,`place`);--> statement-breakpoint
CREATE TABLE `idempotency_key` (
	`owner` text NOT NULL,
	`key` text NOT NULL,
	`referral` text NOT NULL,
	`child` text NOT NULL,
	`status` integer NOT NULL,
	`at` text NOT NULL,
	`sealed` blob NOT NULL,
	PRIMARY KEY(`owner`, `key`),
	FOREIGN KEY (`referral`) REFERENCES `referral`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`child`) REFERENCES `child`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `outbox` (
	`seq` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`id` text NOT NULL,
	`act` text NOT NULL,
	`kind` text NOT NULL,
	`body` text NOT NULL,
	`at` text NOT NULL,
	`delivered_at` text,
	FOREIGN KEY (`act`) REFERENCES `access_log`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `outbox_id_unique` ON `outbox` (`id`);--> statement-breakpoint
CREATE INDEX `outbox_waiting` ON `outbox` (`seq`) WHERE delivered_at IS NULL;--> statement-breakpoint
CREATE TABLE `rule_set` (
	`digest` text PRIMARY KEY NOT NULL,
	`partnership` text NOT NULL,
	`act` text NOT NULL,
	`at` text NOT NULL,
	`content` blob NOT NULL,
	FOREIGN KEY (`act`) REFERENCES `access_log`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `rule_set_event` (
	`partnership` text NOT NULL,
	`seq` integer NOT NULL,
	`id` text NOT NULL,
	`act` text NOT NULL,
	`rule_set` text NOT NULL,
	`type` text NOT NULL,
	`at` text NOT NULL,
	`actor` text NOT NULL,
	`body` text NOT NULL,
	`notes` text NOT NULL,
	PRIMARY KEY(`partnership`, `seq`),
	FOREIGN KEY (`act`) REFERENCES `access_log`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`rule_set`) REFERENCES `rule_set`(`digest`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `rule_set_event_id_unique` ON `rule_set_event` (`id`);--> statement-breakpoint
CREATE TABLE `service_key` (
	`id` text PRIMARY KEY NOT NULL,
	`hashed_secret` text NOT NULL,
	`system` text NOT NULL,
	`grants` text NOT NULL,
	`made_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`revoked_at` integer
) STRICT;
--> statement-breakpoint
CREATE TABLE `session` (
	`hashed_id` text PRIMARY KEY NOT NULL,
	`started_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	`holds` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `sign_in` (
	`hashed_id` text PRIMARY KEY NOT NULL,
	`started_at` integer NOT NULL,
	`holds` text NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `answer` (
	`id` text PRIMARY KEY NOT NULL,
	`referral` text NOT NULL,
	`version` integer NOT NULL,
	`place` integer NOT NULL,
	`act` text NOT NULL,
	`actor` text NOT NULL,
	`at` text NOT NULL,
	`sealed` blob NOT NULL,
	`offence` integer,
	`fact` text NOT NULL,
	`agency` text NOT NULL,
	`supersedes` text,
	FOREIGN KEY (`referral`) REFERENCES `referral`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`act`) REFERENCES `access_log`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`referral`,`offence`) REFERENCES `offence`(`referral`,`number`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `answer_of_case` ON `answer` (`referral`,`version`,`place`);--> statement-breakpoint
CREATE TABLE `checklist` (
	`id` text PRIMARY KEY NOT NULL,
	`referral` text NOT NULL,
	`version` integer NOT NULL,
	`place` integer NOT NULL,
	`act` text NOT NULL,
	`actor` text NOT NULL,
	`at` text NOT NULL,
	`sealed` blob NOT NULL,
	`instrument` text NOT NULL,
	`edition` integer NOT NULL,
	FOREIGN KEY (`referral`) REFERENCES `referral`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`act`) REFERENCES `access_log`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `checklist_of_case` ON `checklist` (`referral`,`version`,`place`);--> statement-breakpoint
CREATE UNIQUE INDEX `checklist_edition` ON `checklist` (`referral`,`instrument`,`edition`);--> statement-breakpoint
CREATE TABLE `decision` (
	`id` text PRIMARY KEY NOT NULL,
	`referral` text NOT NULL,
	`version` integer NOT NULL,
	`place` integer NOT NULL,
	`act` text NOT NULL,
	`actor` text NOT NULL,
	`at` text NOT NULL,
	`sealed` blob NOT NULL,
	`clinic` text,
	`recommendation` text NOT NULL,
	FOREIGN KEY (`referral`) REFERENCES `referral`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`act`) REFERENCES `access_log`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`recommendation`) REFERENCES `recommendation`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `decision_of_case` ON `decision` (`referral`,`version`,`place`);--> statement-breakpoint
CREATE TABLE `departure` (
	`id` text PRIMARY KEY NOT NULL,
	`referral` text NOT NULL,
	`version` integer NOT NULL,
	`place` integer NOT NULL,
	`act` text NOT NULL,
	`actor` text NOT NULL,
	`at` text NOT NULL,
	`sealed` blob NOT NULL,
	`from_what` text NOT NULL,
	`from_which` text NOT NULL,
	`reason` text NOT NULL,
	`recommendation` text NOT NULL,
	FOREIGN KEY (`referral`) REFERENCES `referral`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`act`) REFERENCES `access_log`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`recommendation`) REFERENCES `recommendation`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `departure_of_case` ON `departure` (`referral`,`version`,`place`);--> statement-breakpoint
CREATE TABLE `note` (
	`id` text PRIMARY KEY NOT NULL,
	`referral` text NOT NULL,
	`version` integer NOT NULL,
	`place` integer NOT NULL,
	`act` text NOT NULL,
	`actor` text NOT NULL,
	`at` text NOT NULL,
	`sealed` blob NOT NULL,
	FOREIGN KEY (`referral`) REFERENCES `referral`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`act`) REFERENCES `access_log`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `note_of_case` ON `note` (`referral`,`version`,`place`);--> statement-breakpoint
CREATE TABLE `protected_answer` (
	`id` text PRIMARY KEY NOT NULL,
	`referral` text NOT NULL,
	`version` integer NOT NULL,
	`place` integer NOT NULL,
	`act` text NOT NULL,
	`actor` text NOT NULL,
	`at` text NOT NULL,
	`sealed` blob NOT NULL,
	`offence` integer,
	`fact` text NOT NULL,
	`agency` text NOT NULL,
	`supersedes` text,
	FOREIGN KEY (`referral`) REFERENCES `referral`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`act`) REFERENCES `access_log`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`referral`,`offence`) REFERENCES `offence`(`referral`,`number`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `protected_answer_of_case` ON `protected_answer` (`referral`,`version`,`place`);--> statement-breakpoint
CREATE TABLE `recommendation` (
	`id` text PRIMARY KEY NOT NULL,
	`referral` text NOT NULL,
	`version` integer NOT NULL,
	`place` integer NOT NULL,
	`act` text NOT NULL,
	`actor` text NOT NULL,
	`at` text NOT NULL,
	`sealed` blob NOT NULL,
	`as_at` text NOT NULL,
	`rule_set` text NOT NULL,
	`status` text NOT NULL,
	FOREIGN KEY (`referral`) REFERENCES `referral`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`act`) REFERENCES `access_log`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `recommendation_of_case` ON `recommendation` (`referral`,`version`,`place`);--> statement-breakpoint
CREATE TABLE `victim` (
	`referral` text NOT NULL,
	`number` integer NOT NULL,
	`offences` text,
	PRIMARY KEY(`referral`, `number`),
	FOREIGN KEY (`referral`) REFERENCES `referral`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `victim_answer` (
	`id` text PRIMARY KEY NOT NULL,
	`referral` text NOT NULL,
	`version` integer NOT NULL,
	`place` integer NOT NULL,
	`act` text NOT NULL,
	`actor` text NOT NULL,
	`at` text NOT NULL,
	`sealed` blob NOT NULL,
	`offence` integer,
	`victim` integer,
	`fact` text NOT NULL,
	`agency` text NOT NULL,
	`supersedes` text,
	FOREIGN KEY (`referral`) REFERENCES `referral`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`act`) REFERENCES `access_log`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`referral`,`offence`) REFERENCES `offence`(`referral`,`number`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`referral`,`victim`) REFERENCES `victim`(`referral`,`number`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `victim_answer_of_case` ON `victim_answer` (`referral`,`version`,`place`);--> statement-breakpoint
CREATE TABLE `victim_entry` (
	`id` text PRIMARY KEY NOT NULL,
	`referral` text NOT NULL,
	`version` integer NOT NULL,
	`place` integer NOT NULL,
	`act` text NOT NULL,
	`actor` text NOT NULL,
	`at` text NOT NULL,
	`sealed` blob NOT NULL,
	`victim` integer NOT NULL,
	`kind` text NOT NULL,
	FOREIGN KEY (`referral`) REFERENCES `referral`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`act`) REFERENCES `access_log`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`referral`,`victim`) REFERENCES `victim`(`referral`,`number`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `victim_entry_of_case` ON `victim_entry` (`referral`,`version`,`place`);--> statement-breakpoint
CREATE TRIGGER `access_log_stays_as_it_is` BEFORE UPDATE ON `access_log` BEGIN SELECT RAISE(ABORT, 'access_log is append-only'); END;--> statement-breakpoint
CREATE TRIGGER `access_log_is_never_removed` BEFORE DELETE ON `access_log` BEGIN SELECT RAISE(ABORT, 'access_log is append-only'); END;--> statement-breakpoint
CREATE TRIGGER `access_case_stays_as_it_is` BEFORE UPDATE ON `access_case` BEGIN SELECT RAISE(ABORT, 'access_case is append-only'); END;--> statement-breakpoint
CREATE TRIGGER `access_case_is_never_removed` BEFORE DELETE ON `access_case` BEGIN SELECT RAISE(ABORT, 'access_case is append-only'); END;--> statement-breakpoint
CREATE TRIGGER `case_event_stays_as_it_is` BEFORE UPDATE ON `case_event` BEGIN SELECT RAISE(ABORT, 'case_event is append-only'); END;--> statement-breakpoint
CREATE TRIGGER `case_event_is_never_removed` BEFORE DELETE ON `case_event` BEGIN SELECT RAISE(ABORT, 'case_event is append-only'); END;--> statement-breakpoint
CREATE TRIGGER `answer_stays_as_it_is` BEFORE UPDATE ON `answer` BEGIN SELECT RAISE(ABORT, 'answer is append-only'); END;--> statement-breakpoint
CREATE TRIGGER `answer_is_never_removed` BEFORE DELETE ON `answer` BEGIN SELECT RAISE(ABORT, 'answer is append-only'); END;--> statement-breakpoint
CREATE TRIGGER `protected_answer_stays_as_it_is` BEFORE UPDATE ON `protected_answer` BEGIN SELECT RAISE(ABORT, 'protected_answer is append-only'); END;--> statement-breakpoint
CREATE TRIGGER `protected_answer_is_never_removed` BEFORE DELETE ON `protected_answer` BEGIN SELECT RAISE(ABORT, 'protected_answer is append-only'); END;--> statement-breakpoint
CREATE TRIGGER `victim_answer_stays_as_it_is` BEFORE UPDATE ON `victim_answer` BEGIN SELECT RAISE(ABORT, 'victim_answer is append-only'); END;--> statement-breakpoint
CREATE TRIGGER `victim_answer_is_never_removed` BEFORE DELETE ON `victim_answer` BEGIN SELECT RAISE(ABORT, 'victim_answer is append-only'); END;--> statement-breakpoint
CREATE TRIGGER `victim_entry_stays_as_it_is` BEFORE UPDATE ON `victim_entry` BEGIN SELECT RAISE(ABORT, 'victim_entry is append-only'); END;--> statement-breakpoint
CREATE TRIGGER `victim_entry_is_never_removed` BEFORE DELETE ON `victim_entry` BEGIN SELECT RAISE(ABORT, 'victim_entry is append-only'); END;--> statement-breakpoint
CREATE TRIGGER `note_stays_as_it_is` BEFORE UPDATE ON `note` BEGIN SELECT RAISE(ABORT, 'note is append-only'); END;--> statement-breakpoint
CREATE TRIGGER `note_is_never_removed` BEFORE DELETE ON `note` BEGIN SELECT RAISE(ABORT, 'note is append-only'); END;--> statement-breakpoint
CREATE TRIGGER `recommendation_stays_as_it_is` BEFORE UPDATE ON `recommendation` BEGIN SELECT RAISE(ABORT, 'recommendation is append-only'); END;--> statement-breakpoint
CREATE TRIGGER `recommendation_is_never_removed` BEFORE DELETE ON `recommendation` BEGIN SELECT RAISE(ABORT, 'recommendation is append-only'); END;--> statement-breakpoint
CREATE TRIGGER `decision_stays_as_it_is` BEFORE UPDATE ON `decision` BEGIN SELECT RAISE(ABORT, 'decision is append-only'); END;--> statement-breakpoint
CREATE TRIGGER `decision_is_never_removed` BEFORE DELETE ON `decision` BEGIN SELECT RAISE(ABORT, 'decision is append-only'); END;--> statement-breakpoint
CREATE TRIGGER `departure_stays_as_it_is` BEFORE UPDATE ON `departure` BEGIN SELECT RAISE(ABORT, 'departure is append-only'); END;--> statement-breakpoint
CREATE TRIGGER `departure_is_never_removed` BEFORE DELETE ON `departure` BEGIN SELECT RAISE(ABORT, 'departure is append-only'); END;--> statement-breakpoint
CREATE TRIGGER `checklist_stays_as_it_is` BEFORE UPDATE ON `checklist` BEGIN SELECT RAISE(ABORT, 'checklist is append-only'); END;--> statement-breakpoint
CREATE TRIGGER `checklist_is_never_removed` BEFORE DELETE ON `checklist` BEGIN SELECT RAISE(ABORT, 'checklist is append-only'); END;--> statement-breakpoint
CREATE TRIGGER `rule_set_stays_as_it_is` BEFORE UPDATE ON `rule_set` BEGIN SELECT RAISE(ABORT, 'rule_set is append-only'); END;--> statement-breakpoint
CREATE TRIGGER `rule_set_is_never_removed` BEFORE DELETE ON `rule_set` BEGIN SELECT RAISE(ABORT, 'rule_set is append-only'); END;--> statement-breakpoint
CREATE TRIGGER `rule_set_event_stays_as_it_is` BEFORE UPDATE ON `rule_set_event` BEGIN SELECT RAISE(ABORT, 'rule_set_event is append-only'); END;--> statement-breakpoint
CREATE TRIGGER `rule_set_event_is_never_removed` BEFORE DELETE ON `rule_set_event` BEGIN SELECT RAISE(ABORT, 'rule_set_event is append-only'); END;--> statement-breakpoint
CREATE TRIGGER `offence_stays_as_it_is` BEFORE UPDATE ON `offence` BEGIN SELECT RAISE(ABORT, 'offence is append-only'); END;--> statement-breakpoint
CREATE TRIGGER `offence_is_never_removed` BEFORE DELETE ON `offence` BEGIN SELECT RAISE(ABORT, 'offence is append-only'); END;--> statement-breakpoint
CREATE TRIGGER `idempotency_key_stays_as_it_is` BEFORE UPDATE ON `idempotency_key` BEGIN SELECT RAISE(ABORT, 'idempotency_key is append-only'); END;--> statement-breakpoint
CREATE TRIGGER `idempotency_key_is_never_removed` BEFORE DELETE ON `idempotency_key` BEGIN SELECT RAISE(ABORT, 'idempotency_key is append-only'); END;
