# Writes OUTPUT: the text files named after it as raw string literals behind orrery::data::builtinText().
# Runs again when one of the files changes.
function(orrery_embed_data OUTPUT)
    set(cases "")
    foreach(file IN LISTS ARGN)
        set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
        get_filename_component(id ${file} NAME_WE)
        file(READ ${file} text)
        # Compilers differ in how long one literal may be, so long files are several that follow one another.
        set(literals "")
        string(LENGTH "${text}" length)
        set(at 0)
        while(at LESS length)
            string(SUBSTRING "${text}" ${at} 8000 piece)
            string(APPEND literals "R\"csv(${piece})csv\"\n")
            math(EXPR at "${at} + 8000")
        endwhile()
        string(APPEND cases "    if (id == \"${id}\") return ${literals};\n")
    endforeach()
    file(CONFIGURE OUTPUT ${OUTPUT} CONTENT
"#include \"core/data/builtin_texts.h\"

namespace orrery::data {

std::string_view builtinText(std::string_view id) {
${cases}    return {};
}

} // namespace orrery::data
" @ONLY)
endfunction()
