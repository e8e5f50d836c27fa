# assignment.mod - which children go to which school: the whole model of `seatwise assign`.
#
# GNU MathProg. `seatwise model DISTRICT --out DIR` writes this file and the district's data. Then
#
#     glpsol -m assignment.mod -d district.dat
#
# minimises the first level of the objective. To go on, give the next level to be minimised and the
# optimum of every level before it, in a second file of data, for example level-2.dat:
#
#     param level := 2;
#     param best := 1 0;         # level 1 came out as 0; one pair for each level before
#
#     glpsol -m assignment.mod -d district.dat -d level-2.dat
#
# All numbers are whole: pupils, classes, metres. A level is counted in a unit so small that its
# coefficients are whole as well (metres, say, for "travel_km + 3 over_standard").

# ---- Words -------------------------------------------------------------------------------------
#
# zone      where children live (a residential area, a village)
# group     children with rules of their own, such as residents or children of migrants
# cell      the pupils of one zone, grade and group: who is to be placed
# offering  a grade of a school, taught in so many sections (classes)
# stay      pupils who are in the offering already

set ZONES;
set SCHOOLS;
set GROUPS;
set GRADES := 1..9;

param zone_id{ZONES}, symbolic;     # as in the district's tables; very long ones are cut
param school_id{SCHOOLS}, symbolic;
param group_id{GROUPS}, symbolic;

# ---- Who is to be placed -----------------------------------------------------------------------

set CELLS, within {ZONES, GRADES, GROUPS};
param pupils{CELLS}, integer, > 0;

set NEEDY, within GROUPS;               # groups with any needs, in whatever grade
set BOARDERS, within {GRADES, GROUPS};  # who needs a bed
set INCLUDED, within {GRADES, GROUPS};  # who needs an inclusion place

# Of every share_of pupils sent to a school, at most share_max may be of the group.
param share_max{GROUPS}, integer, >= 0, default 1;
param share_of{GROUPS}, integer, > 0, default 1;
set CLASSES_OF{k in GROUPS}, within GROUPS, default {k};  # a group and its priority classes

# ---- What the schools offer --------------------------------------------------------------------

set OFFERINGS, within {SCHOOLS, GRADES};
param sections{OFFERINGS}, integer, >= 0;
param stay{OFFERINGS}, integer, >= 0;
param class_size{OFFERINGS}, integer, > 0;  # the standard size of a class

# Schools that divide their rooms over their grades anew, all of them. In these grades `sections` is
# the most that may be opened, `fewest` what those who stay need.
set DIVIDED, within SCHOOLS, default {};
param rooms{DIVIDED}, integer, >= 0;
param fewest{(s, g) in OFFERINGS}, integer, >= 0, default sections[s, g];
set FREE := setof{(s, g) in OFFERINGS: s in DIVIDED} (s, g);

param class_max, integer, > 0;          # nobody is sent to make a class larger than this
param class_large, integer, > 0;        # a class of this many pupils is large
param class_oversized, integer, > 0;    # and of this many oversized

# Schools that cannot take pupils in all their seats, for want of floor, land or permission: how
# many more pupils they may take over all grades.
set CAPPED, within SCHOOLS;
param spare{CAPPED}, integer, >= 0;

param beds{SCHOOLS}, integer, >= 0, default 0;    # free ones
param places{SCHOOLS}, integer, >= 0, default 0;  # free inclusion places

# ---- Who may go where, and how far it is -------------------------------------------------------

# The schools that may take the pupils of a cell, by zoning, grade, needs, ownership and max_km.
set ELIGIBLE{CELLS}, within SCHOOLS;

param metres{ZONES, SCHOOLS}, integer, >= 0;

# Beyond so many metres a pupil is far. Boarders have no limit.
param limit_m{GRADES, GROUPS}, integer, >= 0, default 1000000000;

# Whether all pupils of a zone and grade, the needy groups aside, go to one school.
param whole_zones, binary;

# ---- What is wanted ----------------------------------------------------------------------------

set LEVELS;   # 1, 2, ...: each matters more than all that follow
param level_terms{LEVELS}, symbolic;
param level_digits{LEVELS}, integer, >= 0;    # the unit of the level's value is 10^-digits

# What one of each counts in the level, in its unit.
param of_unplaced{LEVELS, GROUPS}, integer, >= 0, default 0;  # a pupil without a school
param of_oversized{LEVELS}, integer, >= 0;                    # an oversized class
param of_large{LEVELS}, integer, >= 0;                        # a large class
param of_far{LEVELS}, integer, >= 0;                          # a pupil sent beyond the limit
param of_over{LEVELS}, integer, >= 0;                         # a pupil above the standard size
param of_metre{LEVELS}, integer, >= 0;                        # a metre of a pupil's way
param ways_count{LEVELS, GROUPS}, binary, default 1;          # whether a group's ways count

param level, in LEVELS, default 1;                            # the level to be minimised now
param best{l in LEVELS: l < level}, integer, >= 0;            # optimum of each level before

param show, binary, default 0;    # 1: print also who goes where

# ---- The decision ------------------------------------------------------------------------------

# Pupils of a cell who are sent to a school; and those who get no place.
var sent{(z, g, k) in CELLS, s in ELIGIBLE[z, g, k]}, integer, >= 0;
var unplaced{CELLS}, integer, >= 0;

# Every child is sent to one school, or is counted as unplaced.
s.t. each_child{(z, g, k) in CELLS}:
   sum{s in ELIGIBLE[z, g, k]} sent[z, g, k, s] + unplaced[z, g, k] = pupils[z, g, k];

# Classes that a grade opens, where that is decided as well.
var opened{(s, g) in FREE}, integer, >= fewest[s, g], <= sections[s, g];

s.t. all_rooms{s in DIVIDED}: sum{(s, g) in FREE} opened[s, g] = rooms[s];

# ---- Room --------------------------------------------------------------------------------------

# Pupils who may be sent to an offering. Those who stay may already be too many: then nobody. (In a
# grade of FREE they never are: its fewest rooms hold them.)
param free{(s, g) in OFFERINGS} := max(0, class_max * sections[s, g] - stay[s, g]);

# Pupils who may come at the very most, which keeps the counts of classes below tight.
param room{(s, g) in OFFERINGS} := min(free[s, g],
   sum{z in ZONES, k in GROUPS: (z, g, k) in CELLS}
      if s in ELIGIBLE[z, g, k] then pupils[z, g, k]);

# Pupils of an offering: those who stay and those who come.
var load{(s, g) in OFFERINGS}, integer, >= stay[s, g];

s.t. those_who_come{(s, g) in OFFERINGS}:
   load[s, g] = stay[s, g] + sum{z in ZONES, k in GROUPS: (z, g, k) in CELLS}
      (if s in ELIGIBLE[z, g, k] then sent[z, g, k, s]);

s.t. class_size_max{(s, g) in OFFERINGS}:
   load[s, g] <= stay[s, g] + room[s, g];

s.t. class_size_max_opened{(s, g) in FREE}:
   load[s, g] <= class_max * opened[s, g];

s.t. school_cap{s in CAPPED}:
   sum{(s, g) in OFFERINGS} (load[s, g] - stay[s, g]) <= spare[s];

# A boarder takes a seat and a bed, a child in inclusion a seat and a place.
s.t. boarding_beds{s in SCHOOLS: card(BOARDERS) > 0}:
   sum{(g, k) in BOARDERS, z in ZONES: (z, g, k) in CELLS}
      (if s in ELIGIBLE[z, g, k] then sent[z, g, k, s]) <= beds[s];

s.t. inclusion_places{s in SCHOOLS: card(INCLUDED) > 0}:
   sum{(g, k) in INCLUDED, z in ZONES: (z, g, k) in CELLS}
      (if s in ELIGIBLE[z, g, k] then sent[z, g, k, s]) <= places[s];

# A group's part of those sent to a school, over all grades.
s.t. largest_share{s in SCHOOLS, k in GROUPS: share_max[k] < share_of[k]}:
   share_of[k] * sum{c in CLASSES_OF[k], z in ZONES, g in GRADES: (z, g, c) in CELLS}
      (if s in ELIGIBLE[z, g, c] then sent[z, g, c, s])
   <= share_max[k] * sum{(s, g) in OFFERINGS} (load[s, g] - stay[s, g]);

# ---- Whole zones -------------------------------------------------------------------------------

# Pupils of a zone and grade who are to stay together, and the schools that may take all of them.
set TOGETHER := setof{(z, g, k) in CELLS: whole_zones = 1 and k not in NEEDY} (z, g);
set COMMON{(z, g) in TOGETHER} := setof{s in SCHOOLS: forall{k in GROUPS: (z, g, k) in CELLS}
   (k in NEEDY or s in ELIGIBLE[z, g, k])} s;

var chosen{(z, g) in TOGETHER, s in COMMON[z, g]}, binary;

s.t. one_school{(z, g) in TOGETHER}:
   sum{s in COMMON[z, g]} chosen[z, g, s] <= 1;

s.t. all_or_none{(z, g, k) in CELLS, s in ELIGIBLE[z, g, k]: whole_zones = 1 and k not in NEEDY}:
   sent[z, g, k, s] = if s in COMMON[z, g] then pupils[z, g, k] * chosen[z, g, s];

# ---- Pupils above the standard size ------------------------------------------------------------

var over{OFFERINGS}, integer, >= 0;

s.t. above_standard{(s, g) in OFFERINGS}:
   over[s, g] >= load[s, g]
      - class_size[s, g] * (if (s, g) in FREE then opened[s, g] else sections[s, g]);

# ---- Large and oversized classes ---------------------------------------------------------------
#
# The classes of an offering differ by at most one pupil. Of m classes with t pupils in all, those
# with L pupils or more number
#
#     0 while t <= (L-1) m;   then one more with every pupil;   m from t = L m on.
#
# With few pupils that is a plain lower bound. Where all classes can be filled to L and beyond, a
# yes-or-no says whether they are: only then do further pupils count no more. Where the number of
# classes is decided, m is a variable, and what a yes allows is the most that t - L m can come to.

set KINDS := {'large', 'oversized'};
param least{d in KINDS} := if d = 'large' then class_large else class_oversized;

# Offerings where the count depends on the decision, and of these the ones that can fill up.
set OPEN{d in KINDS} := setof{(s, g) in OFFERINGS:
   stay[s, g] + room[s, g] > (least[d] - 1) * fewest[s, g]
   and ((s, g) in FREE or room[s, g] > 0 and stay[s, g] < least[d] * sections[s, g])} (s, g);

# Pupils beyond the least[d] of every class, at the most.
param beyond{d in KINDS, (s, g) in OPEN[d]} := min((class_max - least[d]) * sections[s, g],
   stay[s, g] + room[s, g] - least[d] * fewest[s, g]);
set FILLABLE{d in KINDS} := setof{(s, g) in OPEN[d]: beyond[d, s, g] > 0} (s, g);

# Elsewhere the count is that of those who stay.
param known{d in KINDS} := sum{(s, g) in OFFERINGS: (s, g) not in OPEN[d]}
   min(sections[s, g], max(0, stay[s, g] - (least[d] - 1) * sections[s, g]));

var classes{d in KINDS, (s, g) in OPEN[d]}, integer, >= 0, <= sections[s, g];
var full{d in KINDS, (s, g) in FILLABLE[d]}, binary;

s.t. one_with_every_pupil{d in KINDS, (s, g) in OPEN[d]}:
   classes[d, s, g] >= load[s, g]
      - (least[d] - 1) * (if (s, g) in FREE then opened[s, g] else sections[s, g])
      - if (s, g) in FILLABLE[d] then beyond[d, s, g] * full[d, s, g];

s.t. all_when_full{d in KINDS, (s, g) in FILLABLE[d]}:
   classes[d, s, g] >= sections[s, g] * full[d, s, g]
      - if (s, g) in FREE then (sections[s, g] - opened[s, g]);

# ---- The objective -----------------------------------------------------------------------------

var value{LEVELS}, >= 0;

s.t. value_of_level{l in LEVELS}:
   value[l] = sum{(z, g, k) in CELLS: of_unplaced[l, k] > 0} of_unplaced[l, k] * unplaced[z, g, k]
      + sum{d in KINDS, (s, g) in OPEN[d]} (if d = 'large' then of_large[l] else of_oversized[l])
         * classes[d, s, g]
      + of_large[l] * known['large'] + of_oversized[l] * known['oversized']
      + sum{(z, g, k) in CELLS, s in ELIGIBLE[z, g, k]:
            of_far[l] > 0 and ways_count[l, k] = 1 and metres[z, s] > limit_m[g, k]}
         of_far[l] * sent[z, g, k, s]
      + sum{(z, g, k) in CELLS, s in ELIGIBLE[z, g, k]:
            of_metre[l] > 0 and ways_count[l, k] = 1}
         of_metre[l] * metres[z, s] * sent[z, g, k, s]
      + sum{(s, g) in OFFERINGS: of_over[l] > 0} of_over[l] * over[s, g];

# What was reached at the levels before is kept.
s.t. kept{l in LEVELS: l < level}: value[l] <= best[l];

minimize goal: value[level];

solve;

printf "level %d value %.0f\n", level, floor(value[level].val + 0.5);
printf "# unit 10^-%d, of: %s\n", level_digits[level], level_terms[level];

printf{{0}: show = 1} "zone,grade,group,school,pupils\n";
for {(z, g, k) in CELLS: show = 1} {
   printf{s in ELIGIBLE[z, g, k]: sent[z, g, k, s].val > 0.5} "%s,%d,%s,%s,%d\n",
      zone_id[z], g, group_id[k], school_id[s], floor(sent[z, g, k, s].val + 0.5);
   printf{{0}: unplaced[z, g, k].val > 0.5} "%s,%d,%s,,%d\n",
      zone_id[z], g, group_id[k], floor(unplaced[z, g, k].val + 0.5);
}

end;
