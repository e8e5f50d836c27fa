/* What stands in the files of a plan folder, and that it is there whole or not at all. */
#include <criterion/criterion.h>
#include <dirent.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "outputs/geojson.h"
#include "outputs/input_hash.h"
#include "outputs/json_text.h"
#include "outputs/plan_folder.h"
#include "outputs/summary.h"
#include "outputs/tables.h"

/* Two schools (B closed), two zones; of 3 pupils one goes 1.2345 km, two are left over. */
static int32_t metres[] = {1235, UNREACHABLE, 0, 70};
static const struct distances distances = {.n_zones = 2, .n_schools = 2, .metres = metres};
static struct school schools[] = {
	{.id = "A,1", .name = "</script>\"", .lon = 104.5, .lat = -0.0000004, .open = true,
	 .enrolled = 44, .n_offerings = 1, .opens = "", .max_pupils = NOT_GIVEN},
	{.id = "B", .name = "", .opens = "2030-09", .ownership = OWNERSHIP_PRIVATE, .status = 1},
};
static struct zone zones[] = {{.id = "=Z0", .name = "", .township = "T\n"},
			      {.id = "Z1", .name = "", .township = ""}};
static struct group groups[] = {
	{.id = "migrant", .label = "", .weight = NANO, .limit_km = NOT_GIVEN},
	{.id = "re\"s", .label = "", .weight = NANO, .limit_km = NOT_GIVEN},
};
static struct offering offerings[] = {
	{.school = 0, .grade = 1, .sections = 1, .enrolled = 44, .class_size = 45}};
static struct cell cells[] = {{.zone = 0, .group = 1, .grade = 1, .pupils = 3}};
static struct capacity capacity[] = {{45, 55, 65, 21}};
static struct school_cap caps[] = {{.binding = BINDING_LAND}, {.binding = BINDING_SECTIONS}};
static const struct capacities capacities = {capacity, caps};
static const struct level_result levels[] = {
	{"unplaced", 2, 200, 200, "network", 0.5},
	{"travel_km", 3, 1235, 1234, "linear", 0},
};
static const char *const reasons[] = {NULL, "no seat, none"};
static const int64_t prices[] = {1500};
static struct price priced[] = {
	{PRICE_SEAT, 0, 1, {.level = 1, .gain = 1500, .exact = true, .has_last = true, .last = 1500}},
	{PRICE_SECTION, 0, 1, {.level = 0, .gain = 200}},
	{PRICE_BED, 0, 0, {.level = 2, .exact = true, .has_last = true}},
};
static const struct prices worth = {priced, 3};

/* Everything that a plan is written from. */
struct made {
	struct district district;
	struct plan plan;
	struct run_clock clock;
	struct plan_output output;
};

static void made_open(struct made *made)
{
	static const struct placement placements[] = {{0, 0, 1}};

	made->district = (struct district){
		.name = "D", .crs = "EPSG:4326", .year = 2018, .schools = schools, .zones = zones,
		.groups = groups, .offerings = offerings, .cells = cells, .n_schools = 2,
		.n_zones = 2, .n_groups = 2, .n_offerings = 1, .n_cells = 1};
	arena_open(&made->district.arena);
	settings_default(&made->district.arena, &made->district.settings);
	plan_make(&made->district.arena, &made->district, &distances, placements, 1, &made->plan);
	run_clock_start(&made->clock);
	made->output = (struct plan_output){
		.district = &made->district, .capacities = &capacities, .distances = &distances,
		.plan = &made->plan, .levels = levels, .n_levels = 2,
		.certificate = {"primal-dual", true}, .reasons = reasons, .input_hash = "0f",
		.seat_price = prices, .prices = &worth, .clock = &made->clock, .threads = 1};
}

static void made_close(struct made *made)
{
	arena_close(&made->district.arena);
}

/* share of 0 is 0; 45 of 45 seats are taken; 1235 m is 1.235 km. */
static const char *const plan_texts[] = {
	"zone,grade,group,school,pupils,km\n=Z0,1,\"re\"\"s\",\"A,1\",1,1.235\n",
	"zone,grade,group,pupils,reason\n=Z0,1,\"re\"\"s\",2,\"no seat, none\"\n",
	"school,grade,sections,enrolled,assigned,load,largest_class,over_standard,large_classes,"
	"oversized_classes,seat_price\n\"A,1\",1,1,44,1,45,45,0,0,0,1.500\n",
	"school,load,seats,utilisation,mean_km,max_km,share_migrant,\"share_re\"\"s\","
	"large_classes\n"
	"\"A,1\",45,45,1.000,1.235,1.235,0.000,1.000,0\n"
	"B,0,0,0.000,0.000,0.000,0.000,0.000,0\n",
	"zone,grade,schools,pupils,mean_km,seat_price\n=Z0,1,\"A,1\",3,1.235,1.500\n",
	"group,pupils,placed,unplaced,mean_km,p50,p90,max_km,far,in_public_share\n"
	"migrant,0,0,0,0.000,0.000,0.000,0.000,0,0.000\n"
	"\"re\"\"s\",3,1,2,1.235,1.235,1.235,1.235,0,1.000\n",
	"what,school,grade,level,terms,gain,last_level,certainty\n"
	"seat,\"A,1\",1,2,travel_km,1.500,1.500,exact\n"
	"section,\"A,1\",1,1,unplaced,2.00,,at_most\n"
	"bed,\"A,1\",,,,0,0.000,exact\n",
	"school,grade,sections,seats_standard,seats_large,seats_max,binding\n"
	"\"A,1\",1,1,45,55,65,land_m2\n",
	"zone,school,km\n=Z0,\"A,1\",1.235\n",
};
static const char all_pairs[] =
	"zone,school,km\n=Z0,\"A,1\",1.235\nZ1,\"A,1\",0.000\nZ1,B,0.070\n";

static void expect_table(const struct made *made, const struct output_table *table,
			 const char *want)
{
	struct folder_file file = {0};

	table_write(table, &file, &made->output);
	cr_assert_str_eq(file.text.data, want, "%s", table->file);
	text_free(&file.text);
}

Test(outputs, every_table)
{
	struct made made;
	size_t n = sizeof plan_texts / sizeof *plan_texts;

	made_open(&made);
	for (size_t i = 0; i < n; i++)
		expect_table(&made, &plan_tables[i], plan_texts[i]);
	cr_assert_null(plan_tables[n].file);
	expect_table(&made, &matrix_tables[1], all_pairs);
	made_close(&made);
}

Test(outputs, fields_are_quoted_only_where_they_must_be)
{
	static const char *const fields[][2] = {
		{"", ""}, {"a b", "a b"}, {" a", "\" a\""}, {"a\t", "\"a\t\""},
		{"a\rb", "\"a\rb\""}, {"a\nb", "\"a\nb\""}, {"\"", "\"\"\"\""},
		{"a,b", "\"a,b\""}, {"学校", "学校"},
	};

	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		struct folder_file file = {0};
		struct csv_out out = {.file = &file};

		csv_out_text(&out, fields[i][0]);
		text_add(&file.text, "");
		cr_assert_str_eq(file.text.data, fields[i][1], "case %zu", i);
		text_free(&file.text);
	}
}

Test(outputs, json_strings)
{
	struct text text = {0};

	json_add_string(&text, "a\"\\\n\x01</b>\xe2\x80\xa8\xe2\x80\xa9\xe5\xad\xa6");
	cr_assert_str_eq(text.data, "\"a\\\"\\\\\\u000a\\u0001<\\/b>\\u2028\\u2029\xe5\xad\xa6\"");
	text_free(&text);
}

/* A gap of 1 in 1235 is 809.7 millionths, rounded up. */
Test(outputs, summary)
{
	static const char *const parts[] = {
		"\"name\":\t\"D\"", "\"input_hash\":\t\"0f\"", "\"status\":\t\"feasible\"",
		"\"value\":\t2,", "\"gap\":\t0,", "\"value\":\t1.235,", "\"bound\":\t1.234,",
		"\"gap\":\t0.00081,", "\"holds\":\ttrue", "\"pupils\":\t3,", "\"unplaced\":\t2,",
		"\"travel_km\":\t1.235,", "\"class_size.max\":\t65,", "\"whole_zones\":\t\"no\",",
		"\"distance.missing\":\t\"compute\"", "\"objective\":\t\"unplaced; ",
	};
	struct made made;
	struct text text = {0};

	made_open(&made);
	summary_write(&text, &made.output);
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		cr_assert(strstr(text.data, parts[i]), "no %s in: %s", parts[i], text.data);
	cr_assert_str_eq(text.data + text.length - 2, "}\n");
	text_free(&text);
	made_close(&made);
}

/* -0.0000004 degrees is 0, not -0. */
Test(outputs, map)
{
	static const char want[] =
		"{\"type\":\"FeatureCollection\",\"features\":[\n"
		"{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[104.5,0]},"
		"\"properties\":{\"layer\":\"school\",\"school\":\"A,1\","
		"\"name\":\"<\\/script>\\\"\","
		"\"open\":true,\"status\":\"existing\",\"ownership\":\"public\",\"load\":45,"
		"\"seats\":45,\"utilisation\":1.000,\"large_classes\":0,\"largest_class\":45,"
		"\"mean_km\":1.235}},\n";
	static const char last[] =
		"\"layer\":\"zone\",\"zone\":\"Z1\",\"name\":\"\",\"township\":\"\",\"pupils\":0,"
		"\"schools\":\"\",\"mean_km\":0.000}}\n]}\n";
	struct folder_file file = {0};
	struct made made;

	made_open(&made);
	geojson_write(&file, &made.output);
	cr_assert_eq(strncmp(file.text.data, want, strlen(want)), 0, "%s", file.text.data);
	cr_assert(strstr(file.text.data, last), "%s", file.text.data);
	text_free(&file.text);
	made_close(&made);
}

/* A setting does not change the hash; a pupil, a name or a distance does. */
Test(outputs, input_hash)
{
	char before[INPUT_HASH_SIZE], after[INPUT_HASH_SIZE];
	struct made made;

	made_open(&made);
	zones[1].lon = 104.5;
	input_hash(&made.district, before);
	cr_assert_eq(strspn(before, "0123456789abcdef"), 64);
	made.district.settings.class_max = 70;
	input_hash(&made.district, after);
	cr_assert_str_eq(before, after);
	cells[0].pupils = 4;
	input_hash(&made.district, after);
	cr_assert_str_neq(before, after);
	cells[0].pupils = 3;
	zones[1].lon = nextafter(104.5, 105);
	input_hash(&made.district, after);
	cr_assert_str_neq(before, after);
	made_close(&made);
}

/* Entries of a folder, "." and ".." left out. */
static size_t entries(const char *path)
{
	size_t n = 0;
	DIR *folder = opendir(path);

	cr_assert_not_null(folder, "%s", path);
	while (readdir(folder))
		n++;
	closedir(folder);
	return n - 2;
}

/* Writes a plan to `name` in an empty folder of its own; the text reported goes to *said. */
static int write_in(const char *box, const char *name, char **said)
{
	struct diags diags;
	struct made made;
	char path[256];
	size_t length;
	FILE *out = open_memstream(said, &length);
	int result;

	snprintf(path, sizeof path, "%s/%s", box, name);
	made_open(&made);
	diag_open(&diags, out);
	result = plan_folder_write(path, &made.output, &diags);
	fclose(out);
	cr_assert_eq(diags.status, result ? STATUS_OUTPUT : STATUS_DONE);
	made_close(&made);
	return result;
}

static void box_open(char *box)
{
	strcpy(box, "/tmp/seatwise-test-XXXXXX");
	cr_assert_not_null(mkdtemp(box));
}

static void box_close(const char *box)
{
	char command[128];

	snprintf(command, sizeof command, "rm -r '%s'", box);
	cr_assert_eq(system(command), 0);
}

/* What stands in the way, and what is said; the box holds the three things first made, ever. */
Test(outputs, a_folder_is_never_written_over)
{
	static const struct {
		const char *name, *said;
	} tries[] = {
		{"new/", ""},
		{"new", "[output-exists]"},
		{"new//", "[output-exists]"},
		{"dangling", "[output-exists]"},
		{"file", "[output-exists]"},
		{"file/below", "Not a directory [output-write]"},
		{"none/below", "its parent does not exist [output-write]"},
	};
	struct diags quiet = {0};
	char box[64], path[128];

	box_open(box);
	snprintf(path, sizeof path, "%s/dangling", box);
	cr_assert_eq(symlink("nowhere", path), 0);
	snprintf(path, sizeof path, "%s/file", box);
	fclose(fopen(path, "w"));
	for (size_t i = 0; i < sizeof tries / sizeof *tries; i++) {
		bool good = !*tries[i].said;
		char *said;

		snprintf(path, sizeof path, "%s/%s", box, tries[i].name);
		cr_assert_eq(folder_check(path, &quiet) == 0, good, "%s", path);
		cr_assert_eq(write_in(box, tries[i].name, &said) == 0, good, "%s", said);
		cr_assert(strstr(said, tries[i].said), "%s: %s", tries[i].name, said);
		cr_assert_eq(entries(box), 3, "%s", tries[i].name);
		free(said);
	}
	snprintf(path, sizeof path, "%s/new", box);
	cr_assert_eq(entries(path), 12);
	box_close(box);
}

/* A file that may not grow fails like a full disk, and nothing stays behind. */
Test(outputs, a_write_that_fails_leaves_nothing)
{
	const struct rlimit small = {100, 100};
	char box[64], *said;

	box_open(box);
	cr_assert_eq(setrlimit(RLIMIT_FSIZE, &small), 0);
	cr_assert_eq(write_in(box, "plan", &said), -1);
	cr_assert(strstr(said, "cannot write 'offerings.csv': File too large [output-write]"),
		  "%s", said);
	cr_assert_eq(entries(box), 0);
	free(said);
	box_close(box);
}
