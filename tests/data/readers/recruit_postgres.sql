--
-- PostgreSQL database dump
--

\restrict k3v9

-- Dumped from database version 16.2

SET statement_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);

CREATE FUNCTION recruit.touch() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
BEGIN
  INSERT INTO recruit.log VALUES ('it''s; here');
  RETURN NEW;
END;
$$;

CREATE TABLE recruit.position (
    id integer NOT NULL,
    title character varying(80) NOT NULL,
    department text,
    duties text,
    skills text[],
    is_active boolean DEFAULT true NOT NULL,
    updated_at timestamp with time zone DEFAULT now()
);
ALTER TABLE recruit.position OWNER TO hr;
COMMENT ON TABLE recruit.position IS 'Open positions';
COMMENT ON COLUMN recruit.position.duties IS 'Responsibilities';
COMMENT ON COLUMN recruit.position.skills IS 'Required skills';

CREATE TABLE recruit.feedback (
    id integer NOT NULL,
    candidate text,
    title text,
    question text,
    rating numeric(3,1),
    answer_summary text
);

COPY recruit.position (id, title, department, duties, skills, is_active, updated_at) FROM stdin;
1	Cost accountant	Finance	Runs the monthly close\nExplains variances to plant managers	{SAP,"variance analysis"}	t	2026-02-01 08:00:00+00
2	Warehouse lead	Logistics	Plans shifts;\tkeeps C:\\stock\\log up to date	\N	f	2026-02-03 09:15:00+00
\.

COPY recruit.feedback (id, candidate, title, question, rating, answer_summary) FROM stdin;
1	Ann Lee	Cost accountant	How did you shorten a close?	4.0	Moved accruals forward by two days
2	Joe O'Neil	Warehouse lead	Tell me about a stock difference you found.	3.5	Counted twice -- found a wrong unit; \\N is not null here
\.

SELECT pg_catalog.setval('recruit.position_id_seq', 2, true);
ALTER TABLE ONLY recruit.position
    ADD CONSTRAINT position_pkey PRIMARY KEY (id);

--
-- PostgreSQL database dump complete
--

\unrestrict k3v9
