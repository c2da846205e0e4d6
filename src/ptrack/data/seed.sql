INSERT INTO "studio" VALUES(1,'My practice','gym','UTC','kg','EUR',0,NULL,NULL,1,1,1,0,'epley','always','ask',24,0,0,5,'2000-01-01 00:00:00.000000');
INSERT INTO "trainer" VALUES(1,'Owner',NULL,'manager','percent',0,1);
