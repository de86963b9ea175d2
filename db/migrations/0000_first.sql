CREATE TABLE `referral` (
	`reference` text PRIMARY KEY NOT NULL,
	`partnership` text NOT NULL,
	`opened_at` text NOT NULL,
	`machine_version` integer NOT NULL,
	`state` text NOT NULL,
	`given` text NOT NULL,
	`recommendation` text NOT NULL
) STRICT;
