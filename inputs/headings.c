#include "inputs/headings.h"

#include <string.h>

#include "inputs/district.h"

static const struct {
	const char *chinese, *column;
} headings[] = {
	{"学校", "school"}, {"学校编号", "school"}, {"名称", "name"}, {"学校名称", "name"},
	{"经度", "lon"}, {"纬度", "lat"}, {"状态", "status"}, {"启用时间", "opens"},
	{"办学性质", "ownership"}, {"学校类别", "kind"}, {"年级", "grade"}, {"年级范围", "grades"},
	{"教室数", "classrooms"}, {"规模上限", "max_pupils"}, {"床位数", "boarding_beds"},
	{"随班就读名额", "inclusion_places"}, {"用地面积", "land_m2"}, {"建筑面积", "floor_m2"},
	{"班数", "sections"}, {"在校生", "enrolled"}, {"班额", "class_size"}, {"小区", "zone"},
	{"居住区", "zone"}, {"乡镇", "township"}, {"城乡", "area"}, {"群体", "group"},
	{"人数", "pupils"}, {"说明", "label"}, {"权重", "weight"}, {"距离上限", "limit_km"},
	{"占比上限", "max_share"}, {"需求", "needs"}, {"仅公办", "public_only"}, {"规则", "rule"},
	{"公里", "km"}, {"分钟", "minutes"}, {"选址", "site"}, {"方案", "option"}, {"造价", "cost"},
	{"最早启用", "opens_from"}, {"扩建", "extends"}, {"年份", "year"},
	{"班数上限", "sections_max"}, {"学生", "student"}, {"学生编号", "student"},
	{"报名序号", "student"}, {"户", "household"}, {"家庭", "household"}, {"双胞胎", "twin"},
	{"优先级", "class"}, {"积分", "points"}, {"现就读学校", "current_school"},
	{"对口学校", "feeder_school"}, {"志愿", "choices"}, {"排名", "rank"}, {"性别", "sex"},
	{"成绩", "score"}, {"月份", "month"}, {"出生人数", "births"}, {"升学率", "ratio"},
	{"低值", "low"}, {"高值", "high"},
};

const char *heading_column(const char *folded)
{
	for (size_t i = 0; i < sizeof headings / sizeof *headings; i++)
		if (strcmp(headings[i].chinese, folded) == 0)
			return headings[i].column;
	return folded;
}

const struct word words_yes_no[] = {
	{"yes", 1}, {"no", 0}, {"true", 1}, {"false", 0}, {"1", 1}, {"0", 0}, {"是", 1}, {"否", 0},
	{NULL, 0},
};
const struct word words_sex[] = {
	{"male", SEX_MALE}, {"female", SEX_FEMALE}, {"m", SEX_MALE}, {"f", SEX_FEMALE},
	{"1", SEX_MALE}, {"2", SEX_FEMALE}, {"男", SEX_MALE}, {"女", SEX_FEMALE}, {NULL, 0},
};
const struct word words_status[] = {
	{"existing", 0}, {"new", 1}, {"现有", 0}, {"新建", 1}, {NULL, 0},
};
const struct word words_ownership[] = {
	{"public", OWNERSHIP_PUBLIC}, {"purchased", OWNERSHIP_PURCHASED},
	{"private", OWNERSHIP_PRIVATE}, {"公办", OWNERSHIP_PUBLIC}, {"购买", OWNERSHIP_PURCHASED},
	{"民办", OWNERSHIP_PRIVATE}, {NULL, 0},
};
const struct word words_kind[] = {
	{"ordinary", KIND_ORDINARY}, {"special", KIND_SPECIAL}, {"普通", KIND_ORDINARY},
	{"特殊", KIND_SPECIAL}, {"特教", KIND_SPECIAL}, {NULL, 0},
};
const struct word words_area[] = {
	{"urban", AREA_URBAN}, {"town", AREA_TOWN}, {"rural", AREA_RURAL}, {"城区", AREA_URBAN},
	{"镇区", AREA_TOWN}, {"乡村", AREA_RURAL}, {NULL, 0},
};
const struct word words_need[] = {
	{"boarding", NEED_BOARDING}, {"inclusion", NEED_INCLUSION}, {"special", NEED_SPECIAL},
	{"寄宿", NEED_BOARDING}, {"随班就读", NEED_INCLUSION}, {"特殊", NEED_SPECIAL},
	{"特教", NEED_SPECIAL}, {NULL, 0},
};
const struct word words_rule[] = {
	{"only", RULE_ONLY}, {"never", RULE_NEVER}, {"只", RULE_ONLY}, {"禁", RULE_NEVER}, {NULL, 0},
};
